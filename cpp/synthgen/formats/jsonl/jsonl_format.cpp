#include "synthgen/formats/dataset_card.hpp"
#include "synthgen/formats/decimal_text.hpp"
#include "synthgen/formats/file_names.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <array>
#include <utility>

namespace synthgen {

extern const FormatEntry jsonl_format;

namespace {

// A name that says nothing means JSONL too, unless the content shows another format.
constexpr std::array<std::string_view, 3> jsonl_extensions{".ndjson", ".json", ".txt"};

/// Puts `attention_mask` and `labels` at the end of the last record, that of
/// sequence i: ones over the tokens, and the ids themselves, which models
/// shift; 0 and -100 over padding.
void append_trainer_columns(const SequenceBatch& batch, std::size_t i, std::string& bytes) {
  constexpr std::string_view record_end = "}\n";
  bytes.resize(bytes.size() - record_end.size());
  const std::size_t padding = batch.padding_of(i);
  const auto content = batch.content(i);
  bytes += ",\"attention_mask\":[";
  for (std::size_t t = 0; t < content.size() + padding; ++t) {
    if (t > 0) bytes += ',';
    bytes += t < content.size() ? '1' : '0';
  }
  bytes += "],\"labels\":[";
  append_decimal(content, bytes);
  for (std::size_t t = 0; t < padding; ++t) {
    if (t > 0 || !content.empty()) bytes += ',';
    bytes += "-100";
  }
  bytes += ']';
  bytes += record_end;
}

/// The text of a card, in one piece.
class CardText final : public ByteSource {
 public:
  explicit CardText(std::string text) : text_(std::move(text)) {}
  Result<bool> next(std::string& bytes) override {
    bytes = std::exchange(text_, {});
    return !bytes.empty();
  }

 private:
  std::string text_;
};

class JsonlEncoder final : public FileEncoder {
 public:
  JsonlEncoder(const FormatOptions& options, const FilePlan& plan)
      : trainer_columns_(options.trainer_columns) {
    if (options.dataset_card) card_ = dataset_card(plan.splits, file_name(options, {}));
  }

  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override {
    if (!trainer_columns_) {
      append_jsonl(batch, chunk.bytes);
      return {};
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
      append_jsonl(batch, i, 1, chunk.bytes);
      append_trainer_columns(batch, i, chunk.bytes);
    }
    return {};
  }

  std::vector<SideFile> side_files(const FileTotals&) const override {
    std::vector<SideFile> files;
    if (card_.empty()) return files;
    files.push_back({std::string(dataset_card_name), std::make_unique<CardText>(card_)});
    return files;
  }

 private:
  bool trainer_columns_;
  std::string card_;
};

}  // namespace

const FormatEntry jsonl_format{
    .name = "jsonl",
    .extension = ".jsonl",
    .other_extensions = jsonl_extensions,
    .summary = "One JSON object per line; everything reads it.",
    .latents = true,
    .predictive = true,
    .dataset_card = true,
    .trainer_columns = true,
    .streams = true,
    .make_encoder = [](const FormatOptions& options,
                       const FilePlan& plan) -> Result<std::unique_ptr<const FileEncoder>> {
      return std::make_unique<const JsonlEncoder>(options, plan);
    },
    .open_lines = [](std::unique_ptr<LineSource> lines,
                     std::string name) -> std::unique_ptr<SequenceReader> {
      return std::make_unique<JsonlReader>(std::move(lines), std::move(name));
    },
};

}  // namespace synthgen
