#include "synthgen/generate/generator.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/config/split_config.hpp"
#include "synthgen/generate/custom_source.hpp"
#include "synthgen/generate/registry.hpp"
#include "synthgen/io/stop_request.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

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

struct Generator::Planned {
  Plan common;
  std::array<std::optional<Plan>, all_splits.size()> own;

  std::uint64_t table_bytes() const {
    std::uint64_t bytes = common.table_bytes;
    for (const std::optional<Plan>& plan : own) bytes += plan ? plan->table_bytes : 0;
    return bytes;
  }
};

std::vector<Problem> check(const Config& config) {
  Generator::MakePlan make = &Generator::plan_of;
  if (&family_of(config) == &custom_family_entry) {
    make = [](const Config& in_split) -> Result<Generator::Plan> {
      std::vector<Problem> problems = check_content(in_split);
      if (!problems.empty()) return fail(std::move(problems));
      return Generator::Plan();
    };
  }
  const Result<Generator::Planned> planned = Generator::plan(config, make);
  return planned ? std::vector<Problem>() : planned.error().problems;
}

std::uint64_t table_bytes(const Config& config) {
  const Result<Generator::Planned> planned = Generator::plan(config, &Generator::plan_of);
  return planned ? planned->table_bytes() : 0;
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
  constexpr std::uint64_t announced = std::uint64_t{1} << 30;
  if (const std::uint64_t bytes = table_bytes(config); bytes > announced) {
    lines.push_back(formatted("the tables of this config take about {} GiB of memory",
                              (bytes + announced / 2) / announced));
  }
  return lines;
}

Json canonical_config(const Config& config) {
  const FamilyEntry& family = family_of(config);
  Config named = config;
  named.generator = family.name;
  return to_json(named, [&](std::string_view key) { return uses(family, key); });
}

Result<Generator::Plan> Generator::plan_of(const Config& config) {
  MadeSource made = make_source(config);
  if (!made) return tl::unexpected(std::move(made.error()));
  return Plan{[build = std::move(made->build)](const Config& checked) -> Result<Source> {
                return Source(build(checked));
              },
              made->table_bytes};
}

Result<Generator> Generator::create(const Config& config) {
  return build(config, plan(config, &Generator::plan_of));
}

Result<Generator> Generator::create_custom(const Config& config, const CustomFactory& make) {
  Config named = config;
  named.generator = custom_family_entry.name;
  const auto source_of = [make](const Config& in_split) -> Result<Source> {
    try {
      std::shared_ptr<const SequenceGenerator> made = make(in_split);
      if (made != nullptr) return std::make_shared<const CustomSource>(std::move(made));
      return fail(ErrorKind::usage, "the custom generator was not made: it is null");
    } catch (const std::exception& error) {
      return fail(ErrorKind::usage,
                  formatted("the custom generator was not made: {}", error.what()));
    }
  };
  return build(named, plan(named, [&](const Config& in_split) -> Result<Plan> {
                 std::vector<Problem> problems = check_content(in_split);
                 if (!problems.empty()) return fail(std::move(problems));
                 return Plan{source_of, content_table_bytes(in_split)};
               }));
}

Result<Generator::Planned> Generator::plan(const Config& config, const MakePlan& make) {
  std::vector<Problem> problems = check_splits(config);
  Planned planned;
  Result<Plan> of_all = make(config);
  if (of_all) {
    planned.common = std::move(*of_all);
  } else {
    problems = joined(std::move(problems), of_all.error().problems, {});
  }
  for (const Split split : all_splits) {
    if (!overrides(config, split)) continue;
    const Config in_split = split_config(config, split, problems);
    if (!problems.empty()) continue;
    Result<Plan> own = make(in_split);
    if (own) {
      planned.own[static_cast<std::size_t>(split)] = std::move(*own);
    } else {
      problems =
          joined(std::move(problems), own.error().problems, formatted("splits.{}.", name(split)));
    }
  }
  if (!problems.empty()) return fail(std::move(problems));
  return planned;
}

Result<Generator> Generator::build(const Config& config, const Result<Planned>& planned) {
  if (!planned) return tl::unexpected(planned.error());
  const MayEndAtOnce making_tables;
  if (stop_requested()) return fail(ErrorKind::cancelled, "stopped");
  Generator generator;
  generator.config_ = config;
  std::vector<Problem> none;  // it was checked
  Config common = config;
  common.splits = Json();
  const Result<Source> of_all = planned->common.build(common);
  if (!of_all) return tl::unexpected(of_all.error());
  for (const Split split : all_splits) {
    const auto index = static_cast<std::size_t>(split);
    generator.configs_[index] = split_config(config, split, none);
    const std::optional<Plan>& own = planned->own[index];
    const Result<Source> source = own ? own->build(generator.configs_[index]) : of_all;
    if (!source) return tl::unexpected(source.error());
    generator.sources_[index] = *source;
  }
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
