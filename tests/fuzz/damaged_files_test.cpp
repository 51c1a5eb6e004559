// A damaged file is refused, or the damage changes nothing that is read from it.
//
// The files are those of the fuzzer's corpus: every cut of each, every bit of its header turned,
// and every number that it declares replaced by those at the borders of what types hold.

#include "synthgen/config/formatted.hpp"

#include <gtest/gtest.h>

#include "fuzz/damage.hpp"
#include "fuzz/fuzz_input.hpp"
#include "support/sanitized.hpp"

#if defined(__linux__)
#include <sys/resource.h>
#endif

namespace synthgen {
namespace {

using fuzzing::corpus;
using fuzzing::CorpusFile;
using fuzzing::Damage;

/// A file of the corpus, taken apart.
struct DamageSample {
  std::string name;
  char reader = 0;
  std::string main;
  std::string side;

  bool has_side() const { return std::string_view("nlpbm").find(reader) != std::string_view::npos; }

  /// What the reader takes.
  std::string input() const {
    if (!has_side()) return main;
    std::string bytes{static_cast<char>(side.size() & 0xFF), static_cast<char>(side.size() >> 8)};
    return bytes + side + main;
  }
};

DamageSample sample_of(const CorpusFile& file) {
  DamageSample sample{file.name, file.bytes.front(), file.bytes.substr(1), {}};
  if (!sample.has_side()) return sample;
  const fuzzing::Files files = fuzzing::split(sample.main);
  return {sample.name, sample.reader, std::string(files.main), std::string(files.side)};
}

/// Those of the corpus that are files of sequences.
std::vector<DamageSample> samples() {
  std::vector<DamageSample> found;
  for (const CorpusFile& file : corpus()) {
#ifdef __EMSCRIPTEN__  // this build decompresses nothing
    if (file.name.ends_with("_gzip") || file.name.ends_with("_zstd")) continue;
#endif
    for (const char* start : {"npy", "pt", "safetensors", "bin", "megatron", "jsonl", "csv"}) {
      if (file.name.starts_with(start)) found.push_back(sample_of(file));
    }
  }
  return found;
}

/// What is read: a line for each sequence; "refused" for a file that has a fault.
std::string outcome_of(const DamageSample& sample) {
  const std::string input = sample.input();
  const auto reader = fuzzing::open_as(sample.reader, input);
  if (!reader) return reader.error().message.empty() ? "refused without a word" : "refused";
  const Result<SequenceBatch> batch = (*reader)->read_all();
  if (!batch) return batch.error().message.empty() ? "refused without a word" : "refused";
  std::string text;
  for (std::size_t i = 0; i < batch->size(); ++i) {
    for (const std::uint32_t id : batch->content(i)) text += formatted("{} ", id);
    text += "|";
    for (const std::int64_t label : batch->labels_of(i)) text += formatted(" {}", label);
    text += "\n";
  }
  return text;
}

/// Where the header of a file ends.
std::size_t header_of(char reader, std::string_view bytes) {
  std::uint64_t size = 0;
  switch (reader) {
    case 'n':
    case 'l':
      std::memcpy(&size, bytes.data() + 8, 2);
      return 10 + static_cast<std::size_t>(size);
    case 's':
      std::memcpy(&size, bytes.data(), sizeof size);
      return sizeof size + static_cast<std::size_t>(size);
    default:
      return bytes.size();
  }
}

/// The length of a header of text that has changed, written where it belongs.
void set_header_size(char reader, std::size_t grown, std::string& bytes) {
  std::uint64_t size = 0;
  if (reader != 'n' && reader != 'l' && reader != 's') return;
  const std::size_t width = reader == 's' ? sizeof size : 2;
  const std::size_t place = reader == 's' ? 0 : 8;
  std::memcpy(&size, bytes.data() + place, width);
  size += grown;
  std::memcpy(bytes.data() + place, &size, width);
}

/// Counts and checks what damaged forms of one sample are read as.
class DamageTrial {
 public:
  explicit DamageTrial(DamageSample sample)
      : sample_(std::move(sample)), expected_(outcome_of(sample_)) {
    EXPECT_NE(expected_, "refused") << sample_.name;
  }

  const DamageSample& sample() const { return sample_; }
  std::size_t count() const { return count_; }

  /// `may_be` says of an outcome that is neither a refusal nor the same whether it is right.
  template <class MayBe>
  void check_main(const Damage& damage, const MayBe& may_be) {
    DamageSample damaged = sample_;
    damaged.main = damage.bytes;
    check(damaged, damage, "", may_be);
  }
  template <class MayBe>
  void check_side(const Damage& damage, const MayBe& may_be) {
    DamageSample damaged = sample_;
    damaged.side = damage.bytes;
    check(damaged, damage, "the side file's ", may_be);
  }

 private:
  template <class MayBe>
  void check(const DamageSample& damaged, const Damage& damage, const char* of,
             const MayBe& may_be) {
    ++count_;
    const std::string outcome = outcome_of(damaged);
    if (outcome == "refused" || outcome == expected_ || may_be(outcome, expected_)) return;
    ADD_FAILURE() << sample_.name << ": " << of << damage.what << " at byte " << damage.place
                  << " is read as\n"
                  << outcome << "in place of\n"
                  << expected_;
  }

  DamageSample sample_;
  std::string expected_;
  std::size_t count_ = 0;
};

bool never(const std::string&, const std::string&) {
  return false;
}

/// Text has no end of its own: a cut leaves the lines before it, and in CSV a part of the line.
bool is_beginning(const std::string& outcome, const std::string& expected) {
  const std::size_t last =
      outcome.rfind('\n', outcome.size() - std::min<std::size_t>(2, outcome.size()));
  return expected.starts_with(outcome.substr(0, last == outcome.npos ? 0 : last + 1));
}

/// The most memory that this process has held, in bytes; 0 where it is not known.
std::uint64_t peak_memory() {
#if defined(__linux__)
  struct rusage usage {};
  if (::getrusage(RUSAGE_SELF, &usage) == 0) {
    return static_cast<std::uint64_t>(usage.ru_maxrss) << 10;
  }
#endif
  return 0;
}

TEST(DamagedFiles, ACutFileIsRefusedUnlessTextEndsThere) {
  for (const DamageSample& sample : samples()) {
    DamageTrial trial(sample);
    const bool is_text = sample.reader == 'j' || sample.reader == 'c';
    fuzzing::each_cut(sample.main, [&](const Damage& damage) {
      // An empty compressed file is none of no members: it has no sequences.
      const bool is_empty = sample.reader == 'z' && damage.bytes.empty();
      trial.check_main(damage, is_text || is_empty ? &is_beginning : &never);
    });
    fuzzing::each_cut(sample.side, [&](const Damage& damage) {
      if (!damage.bytes.empty()) trial.check_side(damage, &never);
    });
    EXPECT_GE(trial.count(), sample.main.size());
  }
}

/// Whether the main file has more than ids.
bool has_header(const DamageSample& sample) {
  return sample.reader != 'm' && sample.reader != 'b';
}

/// A header that means something else, as a sound file could: the other byte order of NPY, and
/// tensors of other names, which are not read.
bool is_sound(const DamageSample& sample, const std::string& before, const Damage& damage) {
  if (sample.reader == 'n' || sample.reader == 'l') {
    return before[damage.place] == '<' && damage.bytes[damage.place] == '>';
  }
  if (sample.reader != 's') return false;
  for (const std::string_view name : {"\"attention_mask\"", "\"labels\""}) {
    const std::size_t at = before.find(name);
    if (at != before.npos && damage.place >= at && damage.place < at + name.size()) return true;
  }
  return false;
}

TEST(DamagedFiles, ATurnedBitOfAHeaderIsRefusedOrChangesNothing) {
  for (const DamageSample& sample : samples()) {
    if (sample.reader == 'j' || sample.reader == 'c') continue;  // no header
    DamageTrial trial(sample);
    const std::size_t size = has_header(sample) ? header_of(sample.reader, sample.main) : 0;
    fuzzing::each_bit(sample.main, size, [&](const Damage& damage) {
      trial.check_main(damage, [&](const std::string&, const std::string&) {
        return is_sound(sample, sample.main, damage);
      });
    });
    const std::size_t side = sample.side.empty() ? 0 : header_of(sample.reader, sample.side);
    fuzzing::each_bit(sample.side, side, [&](const Damage& damage) {
      trial.check_side(damage, [&](const std::string&, const std::string&) {
        return is_sound(sample, sample.side, damage);
      });
    });
    EXPECT_GE(trial.count(), 300U) << sample.name;
  }
}

TEST(DamagedFiles, SizesAtTheBordersOfTheirTypesAreRefusedOrChangeNothing) {
  const std::uint64_t before = peak_memory();
  for (const DamageSample& sample : samples()) {
    if (sample.reader == 'j' || sample.reader == 'c') continue;
    DamageTrial trial(sample);
    const auto size_of = [&](const std::string& bytes) -> std::size_t {
      if (bytes.empty()) return 0;
      return sample.reader == 's'                           ? 8
             : sample.reader == 'n' || sample.reader == 'l' ? 12
                                                            : bytes.size();
    };
    if (has_header(sample)) {
      fuzzing::each_border(sample.main, size_of(sample.main),
                           [&](const Damage& damage) { trial.check_main(damage, &never); });
    }
    fuzzing::each_border(sample.side, size_of(sample.side),
                         [&](const Damage& damage) { trial.check_side(damage, &never); });
  }
  if (testing::is_sanitized) return;  // the sanitizer keeps what was freed
  EXPECT_LE(peak_memory() - before, std::uint64_t{64} << 20);
}

TEST(DamagedFiles, NumbersOfAHeaderAtTheBordersOfTheirTypesAreRefusedOrChangeNothing) {
  const std::uint64_t before = peak_memory();
  for (const DamageSample& sample : samples()) {
    if (std::string_view("nls").find(sample.reader) == std::string_view::npos) continue;
    DamageTrial trial(sample);
    const auto with_size = [&](Damage damage, const std::string& original) {
      set_header_size(sample.reader, damage.bytes.size() - original.size(), damage.bytes);
      return damage;
    };
    const std::size_t size = header_of(sample.reader, sample.main);
    fuzzing::each_written_border(sample.main, size, [&](const Damage& damage) {
      trial.check_main(with_size(damage, sample.main), &never);
    });
    const std::size_t side = sample.side.empty() ? 0 : header_of(sample.reader, sample.side);
    fuzzing::each_written_border(sample.side, side, [&](const Damage& damage) {
      trial.check_side(with_size(damage, sample.side), &never);
    });
    EXPECT_GE(trial.count(), 50U) << sample.name;
  }
  if (testing::is_sanitized) return;  // the sanitizer keeps what was freed
  EXPECT_LE(peak_memory() - before, std::uint64_t{64} << 20);
}

}  // namespace
}  // namespace synthgen
