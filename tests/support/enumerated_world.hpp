#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "support/every_draw.hpp"

// The distribution of the sequences of a config so small that all decisions and draws can be gone
// through: the design's rules with the rounded probabilities, nothing from the predictors.

namespace synthgen::testing {

class EnumeratedWorld {
 public:
  explicit EnumeratedWorld(const Config& config)
      : vocab_size_(static_cast<std::size_t>(config.vocab_size)) {
    if (family_of(config).name != "mixture") {
      add_config(config, 1);
    } else {
      double total = 0;
      for (const Json& component : config.components) total += component.value("weight", 1.0);
      double below = 0;
      double sum = 0;
      for (std::uint32_t i = 0; i < config.components.size(); ++i) {
        sum += config.components[i].value("weight", 1.0);
        const double up_to = rounded_probability(sum / total);
        Latents latents;
        latents.component = i;
        add_config(config_behind(config, latents), up_to - below);
        below = up_to;
      }
    }
    set_noise(rounded_probability(config.noise_probability));
  }

  /// The same decisions and draws under another noise probability, of all components.
  void set_noise(double noise) {
    reached_.clear();
    for (const Part& part : parts_) {
      for (const auto& [n, sequences] : part.sequences) {
        std::vector<double> noisy = sequences;
        add_noise(part, noise, n, noisy);
        add_prefixes(n, std::move(noisy));
      }
    }
  }

  std::size_t vocab_size() const { return vocab_size_; }
  /// The most tokens of a sequence.
  std::size_t longest() const { return reached_.size() - 1; }

  /// P(a sequence begins with these tokens).
  double probability(const Tokens& prefix) const {
    return prefix.size() < reached_.size() ? reached_[prefix.size()][index_of(prefix)] : 0;
  }
  /// The law of the token after a prefix, given that there is one.
  std::vector<double> law(const Tokens& prefix) const {
    const auto first = reached_[prefix.size() + 1].begin() +
                       static_cast<std::ptrdiff_t>(index_of(prefix) * vocab_size_);
    std::vector<double> law(first, first + static_cast<std::ptrdiff_t>(vocab_size_));
    const double all = sum_of(law);
    for (double& p : law) p /= all;
    return law;
  }
  /// P(there is a token after a prefix).
  double continuation(const Tokens& prefix) const {
    if (prefix.size() == longest()) return 0;
    const auto first = reached_[prefix.size() + 1].begin() +
                       static_cast<std::ptrdiff_t>(index_of(prefix) * vocab_size_);
    return sum_of({first, first + static_cast<std::ptrdiff_t>(vocab_size_)}) / probability(prefix);
  }

  /// Calls `each(prefix)` for every prefix with positive probability that a token can follow.
  template <class Each>
  void for_prefixes(const Each& each) const {
    Tokens prefix;
    extend(prefix, each);
  }

 private:
  using Origins = std::vector<Origin>;
  struct Structure {
    Origins origins;
    double probability = 0;
  };
  /// The sequences of one config before noise.
  struct Part {
    ContentLaw law;
    std::size_t first_noisy;
    std::map<std::size_t, std::vector<double>> sequences;  ///< probability of each, by length
  };

  static double sum_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum;
  }

  std::size_t index_of(const Tokens& tokens) const {
    std::size_t index = 0;
    for (const std::uint32_t token : tokens) index = index * vocab_size_ + token;
    return index;
  }

  template <class Visit>
  void extend(Tokens& prefix, const Visit& visit) const {
    if (prefix.size() == longest() || probability(prefix) == 0 || continuation(prefix) == 0) return;
    visit(prefix);
    for (std::uint32_t id = 0; id < vocab_size_; ++id) {
      prefix.push_back(id);
      extend(prefix, visit);
      prefix.pop_back();
    }
  }

  /// Adds the sequences of a config that is no mixture.
  void add_config(const Config& config, double weight) {
    structures_.clear();
    const auto mean = static_cast<double>(config.seq_length);
    const auto round = [](double x) {
      return static_cast<std::size_t>(std::floor(x + 0.5 + 1e-6));
    };
    const std::size_t shortest =
        std::max<std::size_t>(1, round(mean * (1 - config.length_variation)));
    const std::size_t longest = round(mean * (1 + config.length_variation));
    const double each_length = 1.0 / static_cast<double>(longest - shortest + 1);
    std::map<std::size_t, double> lengths;
    for (std::size_t n = shortest; n <= longest; ++n) lengths[n] = weight * each_length;
    const std::string_view family = family_of(config).name;
    if (family == "conditional") {
      add_conditions(config, weight, lengths);
    } else {
      for (const auto& [n, p] : lengths) {
        if (family == "template") {
          add_templates(config, n, p);
          continue;
        }
        Origins origins(n);
        if (family == "random") add_draws(origins, p);
        if (family == "pattern") add_segments(config, origins, 0, {}, p);
        if (family == "hierarchical") add_themes(config, origins, p);
      }
    }
    Part& part =
        parts_.emplace_back(Part{ContentLaw(config), family == "conditional" ? 1U : 0U, {}});
    for (const auto& [key, structure] : structures_) {
      std::vector<double>& sequences = part.sequences[structure.origins.size()];
      if (sequences.empty()) {
        const auto length = static_cast<double>(structure.origins.size());
        const double count = std::pow(static_cast<double>(vocab_size_), length);
        sequences.resize(static_cast<std::size_t>(std::round(count)));
      }
      Tokens tokens;
      for_draws(part.law, band_weight(config), structure.origins, structure.probability, tokens,
                [&](double p) { sequences[index_of(tokens)] += p; });
    }
  }

  void add_conditions(const Config& config, double weight,
                      const std::map<std::size_t, double>& lengths) {
    const ContentLaw law(config);
    const auto& tokens = law.condition_tokens();
    const auto count = static_cast<std::uint32_t>(tokens.size());
    const auto controls = [&](const char* name) {
      const auto& names = config.condition_controls;
      return std::find(names.begin(), names.end(), name) != names.end();
    };
    const double strength = rounded_probability(config.condition_strength);
    for (std::uint32_t k = 0; k < count; ++k) {
      std::map<std::size_t, double> steered = lengths;
      if (controls("length") && lengths.size() > 1) {
        for (auto& [n, p] : steered) p *= 1 - strength;
        const std::size_t low = lengths.begin()->first;
        const std::size_t range = lengths.rbegin()->first - low;
        steered[low + range * k / std::max(1U, count - 1)] += weight * strength;
      }
      std::optional<std::string> type;
      if (controls("pattern")) type = config.pattern_types[k % config.pattern_types.size()];
      for (const auto& [n, p] : steered) {
        Origins origins(n);
        for (Origin& origin : origins) origin.band = Band{0, law.size()}.part(k, count);
        origins[0] = {.kind = Origin::Kind::literal, .id = static_cast<std::uint32_t>(tokens[k])};
        add_segments(config, origins, 1, type, p / count);
      }
    }
  }

  void add_themes(const Config& config, Origins& origins, double p) {
    const auto ids = static_cast<std::uint32_t>(config.vocab_size);
    const std::uint32_t themes = std::min(4U, ids);
    const double s =
        config.hierarchy_levels < 2 ? 0 : rounded_probability(config.structure_probability);
    for (std::uint32_t theme = 0; theme < themes; ++theme) {
      for (Origin& origin : origins) origin.band = Band{0, ids}.part(theme, themes);
      add_successors(config, origins, 1, s, p / themes);
    }
  }

  void add_successors(const Config& config, Origins& origins, std::size_t t, double s, double p) {
    if (p == 0) return;
    if (t >= origins.size()) return add_draws(origins, p);
    const Origin fresh = origins[t];
    add_successors(config, origins, t + 1, s, p * (1 - s));
    origins[t].kind = Origin::Kind::next;
    origins[t].source = static_cast<std::uint32_t>(t - 1);
    add_successors(config, origins, t + 1, s, p * s);
    origins[t] = fresh;
  }

  /// Calls `each(span, probability)` for each type of a pattern of that length, and each period.
  template <class Use>
  static void for_patterns(const Config& config, std::uint32_t length,
                           const std::optional<std::string>& steered, const Use& each) {
    const double strength = steered ? rounded_probability(config.condition_strength) : 0;
    for (const std::string& type : config.pattern_types) {
      double p = (1 - strength) / static_cast<double>(config.pattern_types.size());
      if (type == steered) p += strength;
      const auto found = std::find(span_kind_names.begin(), span_kind_names.end(), type);
      Span span;
      span.kind = static_cast<SpanKind>(found - span_kind_names.begin());
      span.full_length = length;
      if (span.kind != SpanKind::repetition) {
        each(span, p);
        continue;
      }
      const std::uint32_t longest = std::max(3U, length / 2);
      for (span.period = 3; span.period <= longest; ++span.period) each(span, p / (longest - 2));
    }
  }

  void add_segments(const Config& config, const Origins& origins, std::size_t start,
                    const std::optional<std::string>& steered, double p) {
    if (p == 0) return;
    if (start >= origins.size()) return add_draws(origins, p);
    const auto shortest = static_cast<std::uint32_t>((config.pattern_length + 1) / 2);
    const auto longest = static_cast<std::uint32_t>(3 * config.pattern_length / 2);
    const double q = rounded_probability(config.pattern_probability);
    const ContentLaw law(config);
    for (std::uint32_t length = shortest; length <= longest; ++length) {
      const double of_length = p / (longest - shortest + 1);
      add_segments(config, origins, start + length, steered, of_length * (1 - q));
      for_patterns(config, length, steered, [&](const Span& span, double of_kind) {
        Tokens positions;
        for (std::size_t t = start; t < std::min(start + length, origins.size()); ++t) {
          positions.push_back(static_cast<std::uint32_t>(t));
        }
        Origins derived = origins;
        spell(span.kind, span.period, length, law.size(), positions, derived);
        add_segments(config, derived, start + length, steered, of_length * q * of_kind);
      });
    }
  }

  void add_templates(const Config& config, std::size_t room, double p) {
    double total = 0;
    const auto weight = [](const Json& form) {
      return form.is_object() ? form.value("weight", 1.0) : 1.0;
    };
    for (const Json& form : config.templates) total += weight(form);
    double sum = 0;
    double below = 0;
    for (std::uint32_t i = 0; i < config.templates.size(); ++i) {
      sum += weight(config.templates[i]);
      const double up_to = rounded_probability(sum / total);
      const auto slots = unrolled(config.templates[i]);
      Latents latents;
      latents.template_index = i;
      const bool cycles = config.template_fill == "cycle";
      Origins origins(cycles ? room : std::min(room, slots.size()));
      lay_template(config, latents, origins);
      add_cycles(config, slots, origins, 0, p * (up_to - below));
      below = up_to;
    }
  }

  /// The patterns of the template's rounds from position `start` on.
  void add_cycles(const Config& config, const std::vector<ReferenceSlot>& slots,
                  const Origins& origins, std::size_t start, double p) {
    if (start >= origins.size()) return add_draws(origins, p);
    std::uint32_t count = 0;
    Tokens positions;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (slots[i].kind != ReferenceSlot::Kind::pattern) continue;
      ++count;
      if (start + i < origins.size()) positions.push_back(static_cast<std::uint32_t>(start + i));
    }
    if (count == 0) return add_cycles(config, slots, origins, start + slots.size(), p);
    for_patterns(config, count, {}, [&](const Span& span, double of_kind) {
      Origins derived = origins;
      spell(span.kind, span.period, count, static_cast<std::uint32_t>(config.vocab_size), positions,
            derived);
      add_cycles(config, slots, derived, start + slots.size(), p * of_kind);
    });
  }

  /// Structures with the same origins have the same draws: their probabilities are added up.
  void add_draws(const Origins& origins, double p) {
    Tokens key;
    for (const Origin& origin : origins) {
      key.insert(key.end(), {static_cast<std::uint32_t>(origin.kind), origin.source, origin.id,
                             origin.band.first, origin.band.size});
    }
    Structure& structure = structures_[key];
    structure.origins = origins;
    structure.probability += p;
  }

  void add_noise(const Part& part, double noise, std::size_t length,
                 std::vector<double>& sequences) const {
    std::vector<double> drawn(vocab_size_);
    for (std::uint32_t rank = 0; rank < part.law.size(); ++rank) {
      drawn[part.law.id(rank)] = part.law.probability(rank);
    }
    std::size_t stride = 1;
    for (std::size_t t = length; t-- > part.first_noisy; stride *= vocab_size_) {
      for (std::size_t base = 0; base < sequences.size(); ++base) {
        if (base / stride % vocab_size_ != 0) continue;
        double sum = 0;
        for (std::size_t id = 0; id < vocab_size_; ++id) sum += sequences[base + id * stride];
        for (std::size_t id = 0; id < vocab_size_; ++id) {
          double& p = sequences[base + id * stride];
          p = (1 - noise) * p + noise * drawn[id] * sum;
        }
      }
    }
  }

  void add_prefixes(std::size_t length, std::vector<double> prefixes) {
    if (reached_.size() <= length) reached_.resize(length + 1);
    for (std::size_t t = length + 1; t-- > 0;) {
      std::vector<double>& reached = reached_[t];
      reached.resize(prefixes.size());
      for (std::size_t i = 0; i < prefixes.size(); ++i) reached[i] += prefixes[i];
      if (t == 0) return;
      std::vector<double> shorter(prefixes.size() / vocab_size_);
      for (std::size_t i = 0; i < prefixes.size(); ++i) shorter[i / vocab_size_] += prefixes[i];
      prefixes = std::move(shorter);
    }
  }

  std::size_t vocab_size_;
  std::map<Tokens, Structure> structures_;  ///< of one config
  std::vector<Part> parts_;
  /// For each t: the probability that a sequence begins with each t tokens.
  std::vector<std::vector<double>> reached_;
};

}  // namespace synthgen::testing
