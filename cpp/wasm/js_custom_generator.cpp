#include "synthgen/config/formatted.hpp"

#include <cmath>
#include <emscripten/bind.h>
#include <memory>

#include "js_generator.hpp"

namespace synthgen::wasm {
namespace {

/// The draws of the sequence that is being made, for JavaScript. One object serves all sequences of
/// a generator: `of` says whose turn it is. Where the budget ends, draws give NaN instead of
/// throwing through JavaScript's frames; the wrapper throws then.
class JsItemRandom {
 public:
  /// Makes the draws those of one sequence for as long as the object lives.
  class Turn {
   public:
    Turn(JsItemRandom& draws, ItemRandom& random) : draws_(draws) { draws_.random_ = &random; }
    ~Turn() { draws_.random_ = nullptr; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    JsItemRandom& draws_;
  };

  /// Whether a sequence is being made.
  bool active() const { return random_ != nullptr; }
  std::string split() const { return name(random_->item().split); }
  double index() const { return static_cast<double>(random_->item().index); }
  double length() const { return random_->length(); }
  double draws_left() const { return static_cast<double>(random_->draws_left()); }

  double integer(double range) {
    return drawn([&] { return random_->integer(static_cast<std::uint32_t>(range)); });
  }
  double real() {
    return drawn([&] { return random_->real(); });
  }
  double token() {
    return drawn([&] { return random_->token(); });
  }
  double pattern_token(double position) {
    return drawn([&] { return random_->pattern_token(static_cast<std::uint64_t>(position)); });
  }

 private:
  template <class Draw>
  double drawn(const Draw& draw) {
    try {
      return draw();
    } catch (const DrawBudgetExceeded&) {
      return std::nan("");
    }
  }

  ItemRandom* random_ = nullptr;
};

/// What a JavaScript generator implements.
class SequenceHook {
 public:
  virtual ~SequenceHook() = default;
  /// {tokens: Float64Array, padding, labels: Float64Array or undefined}, or the reason why there is
  /// no sequence, as text.
  virtual val generate_sequence() const = 0;
};

class SequenceHookSubclass : public emscripten::wrapper<SequenceHook> {
 public:
  EMSCRIPTEN_WRAPPER(SequenceHookSubclass);
  val generate_sequence() const override { return call<val>("generateSequence"); }
};

/// A generator whose sequences a hook makes. The module has one thread, so `random` may be shared.
class HookedGenerator final : public SequenceGenerator {
 public:
  HookedGenerator(const Config& config, const val& parts, std::string name, std::string source)
      : SequenceGenerator(config),
        hook_(parts["hook"].as<std::shared_ptr<SequenceHook>>()),
        random_(parts["random"].as<std::shared_ptr<JsItemRandom>>()),
        has_labels_(parts["hasLabels"].as<bool>()),
        name_(std::move(name)),
        source_(std::move(source)) {}

  CustomSequence generate_sequence(ItemRandom& random) const override {
    const JsItemRandom::Turn turn(*random_, random);
    const val made = hook_->generate_sequence();
    if (made.isString()) throw std::runtime_error(made.as<std::string>());
    CustomSequence sequence(
        integers(made["tokens"], "token", formatted("an id from 0 to {}", vocab_size() - 1)),
        static_cast<std::size_t>(made["padding"].as<double>()));
    const val labels = made["labels"];
    if (!labels.isUndefined()) sequence.labels = integers(labels, "label", "an id or -100");
    return sequence;
  }

  bool has_labels() const override { return has_labels_; }

  std::string name() const override { return name_; }
  std::string source() const override { return source_; }

 private:
  static std::vector<std::int64_t> integers(const val& array, const char* name,
                                            const std::string& allowed) {
    const auto numbers = emscripten::convertJSArrayToNumberVector<double>(array);
    std::vector<std::int64_t> read(numbers.size());
    for (std::size_t t = 0; t < numbers.size(); ++t) {
      constexpr double exact_up_to = 9007199254740992.0;  // 2^53
      if (numbers[t] != std::floor(numbers[t]) || std::fabs(numbers[t]) > exact_up_to) {
        throw std::runtime_error(
            formatted("{} {}: got {}; allowed: {}", name, t, numbers[t], allowed));
      }
      read[t] = static_cast<std::int64_t>(numbers[t]);
    }
    return read;
  }

  std::shared_ptr<SequenceHook> hook_;
  std::shared_ptr<JsItemRandom> random_;
  bool has_labels_;
  std::string name_;
  std::string source_;
};

std::shared_ptr<JsItemRandom> create_item_random() {
  return std::make_shared<JsItemRandom>();
}

/// `make(config, longest)` gets the config of a split and the tokens of its longest sequence; it
/// returns {hook, random, hasLabels}, or the reason why there is no generator, as text.
val create_custom_generator(const val& object, const val& make, const std::string& name,
                            const std::string& source) {
  const Result<Config> config = config_of(object);
  if (!config) return failure(config.error());
  return within_memory([&] {
    return handed_out(Generator::create_custom(*config, [&](const Config& in_split) {
      const val parts = make(value_of(canonical_config(in_split)), LengthLayer(in_split).longest());
      if (parts.isString()) throw std::runtime_error(parts.as<std::string>());
      return std::make_shared<const HookedGenerator>(in_split, parts, name, source);
    }));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(custom_generator) {
  emscripten::function("createItemRandom", &create_item_random);
  emscripten::function("createCustomGenerator", &create_custom_generator);
  emscripten::class_<JsItemRandom>("ItemRandom")
      .smart_ptr<std::shared_ptr<JsItemRandom>>("ItemRandomPtr")
      .function("active", &JsItemRandom::active)
      .function("split", &JsItemRandom::split)
      .function("index", &JsItemRandom::index)
      .function("length", &JsItemRandom::length)
      .function("drawsLeft", &JsItemRandom::draws_left)
      .function("integer", &JsItemRandom::integer)
      .function("real", &JsItemRandom::real)
      .function("token", &JsItemRandom::token)
      .function("patternToken", &JsItemRandom::pattern_token);
  emscripten::class_<SequenceHook>("SequenceHook")
      .smart_ptr<std::shared_ptr<SequenceHook>>("SequenceHookPtr")
      .allow_subclass<SequenceHookSubclass, std::shared_ptr<SequenceHookSubclass>>(
          "SequenceHookSubclass", "SequenceHookSubclassPtr");
}

}  // namespace synthgen::wasm
