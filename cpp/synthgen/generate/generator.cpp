#include "synthgen/generate/generator.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/config/split_config.hpp"
#include "synthgen/generate/custom_source.hpp"
#include "synthgen/generate/registry.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace synthgen {

extern const FamilyEntry custom_family_entry;

namespace {

bool overrides(const Config& config, Split split) {
  return config.splits.is_object() && config.splits.contains(name(split));
}

/// The problems with others added, whose keys get a prefix.
std::vector<Problem> joined(std::vector<Problem> problems, const std::vector<Problem>& others,
                            const std::string& place) {
  for (Problem problem : others) {
    problem.key = place + problem.key;
    problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace

std::vector<Problem> check(const Config& config) {
  if (&family_of(config) == &custom_family_entry) {
    const auto nothing = [](const Config& in_split) -> Result<Generator::Source> {
      std::vector<Problem> problems = check_content(in_split);
      if (!problems.empty()) return fail(std::move(problems));
      return nullptr;
    };
    const Result<Generator> generator = Generator::create(config, nothing);
    return generator ? std::vector<Problem>() : generator.error().problems;
  }
  const Result<Generator> generator = Generator::create(config);
  return generator ? std::vector<Problem>() : generator.error().problems;
}

std::vector<std::string> notes(const Config& config) {
  std::vector<std::string> lines;
  const FamilyEntry& family = family_of(config);
  if (config.generator.empty()) {
    lines.push_back(formatted("no generator named: using {}", family.name));
  }
  for (const std::string& key : config.given) {
    if (!uses(family, key)) {
      lines.push_back(formatted("{} is not used by {}; kept", key, family.name));
    }
  }
  if (family.name == "template" && config.template_fill == "pad" &&
      config.pad_token < config.vocab_size) {
    lines.push_back(formatted("pad_token {} is also a content id", config.pad_token));
  }
  return lines;
}

Json canonical_config(const Config& config) {
  const FamilyEntry& family = family_of(config);
  Config named = config;
  named.generator = family.name;
  return to_json(named, [&](std::string_view key) { return uses(family, key); });
}

Result<Generator> Generator::create(const Config& config) {
  return create(config, [](const Config& in_split) -> Result<Source> {
    MadeSource source = make_source(in_split);
    if (!source) return tl::unexpected(std::move(source.error()));
    return Source(std::move(*source));
  });
}

Result<Generator> Generator::create_custom(const Config& config, const CustomFactory& make) {
  Config named = config;
  named.generator = custom_family_entry.name;
  return create(named, [&](const Config& in_split) -> Result<Source> {
    std::vector<Problem> problems = check_content(in_split);
    if (!problems.empty()) return fail(std::move(problems));
    try {
      std::shared_ptr<const SequenceGenerator> made = make(in_split);
      if (made != nullptr) return std::make_shared<const CustomSource>(std::move(made));
      return fail(ErrorKind::usage, "the custom generator was not made: it is null");
    } catch (const std::exception& error) {
      return fail(ErrorKind::usage,
                  formatted("the custom generator was not made: {}", error.what()));
    }
  });
}

Result<Generator> Generator::create(const Config& config, const MakeSource& make) {
  std::vector<Problem> problems = check_splits(config);
  Generator generator;
  generator.config_ = config;
  Config common = config;
  common.splits = Json();
  const Result<Source> source = make(common);
  if (!source && source.error().problems.empty()) return tl::unexpected(source.error());
  if (!source) problems = joined(std::move(problems), source.error().problems, {});
  for (const Split split : all_splits) {
    Config& in_split = generator.configs_[static_cast<std::size_t>(split)];
    in_split = split_config(config, split, problems);
    if (!problems.empty()) continue;
    Source& own = generator.sources_[static_cast<std::size_t>(split)];
    own = *source;
    if (!overrides(config, split)) continue;
    Result<Source> made = make(in_split);
    if (made) {
      own = std::move(*made);
    } else if (made.error().problems.empty()) {
      return tl::unexpected(std::move(made.error()));
    } else {
      problems =
          joined(std::move(problems), made.error().problems, formatted("splits.{}.", name(split)));
    }
  }
  if (!problems.empty()) return fail(std::move(problems));
  return generator;
}

bool Generator::has_labels() const {
  return std::any_of(sources_.begin(), sources_.end(),
                     [](const Source& source) { return source->has_labels(); });
}

Result<void> Generator::generate(Split split, std::uint64_t first, std::uint64_t count,
                                 SequenceBatch& batch, bool with_latents) const {
  const auto seed = static_cast<std::uint64_t>(config_.seed);
  for (std::uint64_t i = 0; i < count; ++i) {
    Result<void> appended = source(split).append({seed, split, first + i}, batch, with_latents);
    if (!appended) return appended;
  }
  return {};
}

std::vector<KindShare> Generator::kind_shares(Split split,
                                              const std::vector<Expectation>& truth) const {
  const auto noise = std::find_if(truth.begin(), truth.end(), [](const Expectation& each) {
    return each.name == "noise_rate";
  });
  if (noise == truth.end()) return {};
  std::vector<KindShare> shares = source(split).clean_kinds();
  for (KindShare& entry : shares) entry.share *= 1 - noise->value;
  shares.push_back({"noise", noise->value});
  return shares;
}

std::optional<Split> Generator::common_split(const SequenceCounts& sequences) const {
  std::optional<Split> common;
  for (const Split split : all_splits) {
    if (sequences[static_cast<std::size_t>(split)] == 0) continue;
    if (common && &source(*common) != &source(split)) return std::nullopt;
    if (!common) common = split;
  }
  return common;
}

Result<std::shared_ptr<Predictor>> Generator::predictor(Split split) const {
  const Source& source = sources_[static_cast<std::size_t>(split)];
  MadePredictor made = source->predictor();
  if (!made) return tl::unexpected(std::move(made.error()));
  const auto free = [source](Predictor* predictor) { delete predictor; };
  return std::shared_ptr<Predictor>(made->release(), free);
}

Result<void> Generator::predict(Split split, Predictive what, bool of_labels,
                                SequenceBatch& batch) const {
  batch.predictive.clear();
  batch.predictive_width = 0;
  if (what == Predictive::nothing) return {};
  const Result<std::shared_ptr<Predictor>> made = predictor(split);
  if (!made) return tl::unexpected(made.error());
  Predictor& predictor = **made;
  if (of_labels && !predictor.has_label_law()) return no_law("labels have none");
  if (const std::string_view reason = predictor.no_token_law(); !of_labels && !reason.empty()) {
    return no_law(reason);
  }
  const auto ids = static_cast<std::uint32_t>(config(split).vocab_size);
  batch.predictive_width = what == Predictive::bits ? 1 : ids;
  batch.predictive.resize(batch.tokens.size() * batch.predictive_width);
  std::vector<double> law(what == Predictive::law ? ids : 0);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto labels = batch.labels_of(i);
    float* out = batch.predictive.data() +
                 static_cast<std::size_t>(batch.offsets[i]) * batch.predictive_width;
    predictor.reset();
    for (std::size_t t = 0; t < batch.content(i).size(); ++t, out += batch.predictive_width) {
      const std::uint32_t token = batch.content(i)[t];
      if (!of_labels && !law.empty()) predictor.law(law);
      const double probability = predictor.observe(token);
      const bool scored = of_labels && !labels.empty() && labels[t] != ignored_label;
      if (!law.empty()) {
        if (scored) predictor.label_law(law);
        if (of_labels && !scored) continue;
        std::transform(law.begin(), law.end(), out, [](double p) { return static_cast<float>(p); });
      } else if (scored) {
        out[0] = static_cast<float>(predictor.label_bits(static_cast<std::uint32_t>(labels[t])));
      } else {
        out[0] = of_labels ? std::numeric_limits<float>::quiet_NaN()
                           : static_cast<float>(bits_of(probability));
      }
    }
  }
  return {};
}

std::vector<Expectation> Generator::dataset_truth(const SequenceCounts& sequences) const {
  const std::uint64_t all = std::accumulate(sequences.begin(), sequences.end(), std::uint64_t{0});
  if (all == 0) return {};
  if (const std::optional<Split> common = common_split(sequences)) {
    std::vector<Expectation> expectations = source(*common).truth();
    for (Expectation& expectation : source(*common).dataset_truth(all)) {
      expectations.push_back(std::move(expectation));
    }
    return expectations;
  }
  // Splits that differ: what is a mean over all their sequences.
  std::vector<Expectation> means;
  for (const char* const mean : {"avg_length", "average_entropy", "global_coherence"}) {
    double sum = 0;
    bool known = true;
    Expectation last;
    for (const Split split : all_splits) {
      const std::uint64_t weight = sequences[static_cast<std::size_t>(split)];
      if (weight == 0) continue;
      const std::vector<Expectation> truth = source(split).truth();
      const auto found = std::find_if(truth.begin(), truth.end(),
                                      [&](const Expectation& each) { return each.name == mean; });
      known = known && found != truth.end();
      if (!known) break;
      last = *found;
      sum += static_cast<double>(weight) * found->value;
    }
    if (!known) continue;
    last.value = sum / static_cast<double>(all);
    last.formula = "mean over splits of: " + last.formula;
    last.depends_on.push_back("splits");
    means.push_back(std::move(last));
  }
  return means;
}

}  // namespace synthgen
