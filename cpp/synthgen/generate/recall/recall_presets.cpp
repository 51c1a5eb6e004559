#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/presets.hpp"

#include <string_view>
#include <vector>

namespace synthgen {
namespace {

/// A setting of multi-query associative recall.
struct MqarSetting {
  std::string_view name;
  int length;
  int pairs;
  bool random_filler;
  int train;
  int test;
  std::string_view citation;
  std::string_view by_exclusion;  ///< bits of a model that knows which values were not asked yet
  std::string_view by_rank;       ///< accuracy by the rank of a query
};

constexpr std::string_view zoology =
    "Arora et al., Zoology: Measuring and Improving Recall in Efficient Language Models, ICLR "
    "2024, "
    "figure 2; code: HazyResearch/zoology, multiquery_ar.py.";
constexpr std::string_view based =
    "Arora et al., Simple linear attention language models balance the recall-throughput tradeoff, "
    "2024, figure 2, hardest training segment; code: HazyResearch/zoology, multiquery_ar.py.";

constexpr MqarSetting mqar_settings[] = {
    {"mqar-zoology-64x4", 64, 4, false, 100000, 3000, zoology, "1.146", ".289 instead of .250"},
    {"mqar-zoology-128x8", 128, 8, false, 100000, 3000, zoology, "1.912", ".155 instead of .125"},
    {"mqar-zoology-256x16", 256, 16, false, 100000, 3000, zoology, "2.766", ".083 instead of .063"},
    {"mqar-based-256x64", 256, 64, true, 20000, 1000, based, "4.625", ".035 instead of .016"},
};

/// The preset of a setting, with the reference's order of queries or in random order.
Preset mqar_preset(const MqarSetting& setting, bool is_fixed) {
  const std::string name(setting.name);
  Preset preset{
      .name = is_fixed ? name + "-fixed" : name,
      .summary = formatted("Multi-query associative recall: {} tokens, {} pairs{}.", setting.length,
                           setting.pairs, is_fixed ? ", queried in random order" : ""),
      .config = {{"generator", "recall"},
                 {"vocab_size", 8192},
                 {"seq_length", setting.length},
                 {"num_train", setting.train},
                 {"num_val", 0},
                 {"num_test", setting.test},
                 {"num_kv_pairs", setting.pairs},
                 {"power_a", 0.01},
                 {"random_non_queries", setting.random_filler}},
      .citation = std::string(setting.citation),
      .reference =
          is_fixed
              ? "As the reference, but for the order of queries, which is uniform here."
              : "Same law. The reference draws slots in the order of the pairs, so that early keys "
                "are queried early. Its seed does not reach the random filler, and its num_passes "
                "raises an error above 1.",
      .floor = formatted("0 bits per label. On the way there: 13 bits (uniform), 12 (a value), {} "
                         "(a value of the sequence that was not asked yet).",
                         setting.by_exclusion),
      .shortcuts =
          is_fixed
              ? formatted("None by rank: guessing among the values is right in 1 of {} labels.",
                          setting.pairs)
              : formatted("A query's rank alone: accuracy {}.", setting.by_rank),
      .counterpart = is_fixed ? name : name + "-fixed"};
  if (is_fixed) preset.config["shuffle_queries"] = true;
  return preset;
}

constexpr std::string_view mad =
    "Poli et al., Mechanistic Design and Scaling of Hybrid Architectures, ICML 2024; code: "
    "athms/mad-lab, baseline of the task's configuration.";

/// What all of MAD's recall tasks have in common.
Json mad_config(std::string_view layout, int vocab_size, int length) {
  return {{"generator", "recall"},
          {"recall_layout", layout},
          {"vocab_size", vocab_size},
          {"seq_length", length},
          {"num_train", 12800},
          {"num_val", 0},
          {"num_test", 1280},
          {"label_scope", "all"},
          {"splits", {{"test", {{"label_scope", "answers"}}}}}};
}

constexpr std::string_view mad_reference =
    "Same law. The reference's parallel workers can start from equal random states and then repeat "
    "each other's sequences, in train and test; here every sequence is independent.";

Preset mad_preset() {
  return {.name = "mad-recall",
          .summary = "MAD's in-context recall: pairs of 8 keys and 8 values that return.",
          .config = mad_config("mad", 16, 127),
          .citation = std::string(mad),
          .reference = std::string(mad_reference),
          .floor = "Train, all next tokens: 1.677 bits per label. Test, answers: 0.",
          .shortcuts = "Guessing a value: accuracy .125."};
}

Preset mad_noisy_preset() {
  Preset preset{.name = "mad-noisy-recall",
                .summary = "MAD's noisy recall: one pair in five is two noise ids.",
                .config = mad_config("mad", 32, 127),
                .citation = std::string(mad),
                .reference = std::string(mad_reference) +
                             " A sequence of noise alone, which raises an error there, has one "
                             "pair here.",
                .floor = "Train, all next tokens: 2.514 bits per label. Test, answers: 0.",
                .shortcuts = "Guessing a value: accuracy .125."};
  preset.config["noise_vocab_size"] = 16;
  preset.config["frac_noise"] = 0.2;
  return preset;
}

Preset mad_fuzzy_preset(bool is_fixed) {
  const std::string name = "mad-fuzzy-recall";
  Preset preset{
      .name = is_fixed ? name + "-fixed" : name,
      .summary = is_fixed ? "MAD's fuzzy recall, with every last query answerable."
                          : "MAD's fuzzy recall: keys and values of one to three tokens.",
      .config = mad_config("fuzzy", 16, 128),
      .citation = std::string(mad),
      .reference =
          is_fixed ? "As the reference, but for the place of the probe, which is always reached."
                   : "Same law, without enumerating all motifs for each sequence. The last key of "
                     "some sequences never occurs before, so that its value cannot be known.",
      .floor = is_fixed ? "Test, answers: 0 bits per label. Train, all next tokens: no exact law."
                        : "Test, answers: 0 bits per label, but for the last value where its key "
                          "did not occur (2.3 % of the sequences): log2 8 bits for its first "
                          "token. Train, all next tokens: no exact law.",
      .shortcuts = "Guessing an id of values: accuracy .125.",
      .counterpart = is_fixed ? name : name + "-fixed"};
  preset.config["splits"]["test"]["key_motifs"] = "longest";
  if (!is_fixed) preset.config["always_answerable"] = false;
  return preset;
}

Preset safari_preset() {
  return {.name = "recall-safari",
          .summary = "Associative recall as in H3 and Hyena: 20 pairs, then one query.",
          .config = {{"generator", "recall"},
                     {"recall_layout", "safari"},
                     {"vocab_size", 20},
                     {"seq_length", 42},
                     {"num_train", 5000},
                     {"num_val", 0},
                     {"num_test", 500},
                     {"label_scope", "all"},
                     {"splits", {{"test", {{"label_scope", "answers"}}}}}},
          .citation =
              "Fu et al., Hungry Hungry Hippos: Towards Language Modeling with State Space "
              "Models, ICLR 2023; Poli et al., Hyena Hierarchy, ICML 2023; code: "
              "HazyResearch/safari, synthetics.py.",
          .reference =
              "Same law. The reference removes duplicates within a split, but not between "
              "splits; here sequences are independent.",
          .floor = "Train, all next tokens: 2.121 bits per label. Test, the last value: 0.",
          .shortcuts = "Guessing a value: accuracy .111; several keys can share one."};
}

}  // namespace

std::vector<Preset> recall_presets() {
  std::vector<Preset> rows;
  for (const MqarSetting& setting : mqar_settings) {
    rows.push_back(mqar_preset(setting, false));
    rows.push_back(mqar_preset(setting, true));
  }
  rows.push_back(mad_preset());
  rows.push_back(mad_noisy_preset());
  rows.push_back(mad_fuzzy_preset(false));
  rows.push_back(mad_fuzzy_preset(true));
  rows.push_back(safari_preset());
  return rows;
}

}  // namespace synthgen
