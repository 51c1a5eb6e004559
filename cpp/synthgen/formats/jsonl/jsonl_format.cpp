#include "synthgen/formats/format.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <array>

namespace synthgen {

extern const FormatEntry jsonl_format;

namespace {

// A name that says nothing means JSONL too, unless the content shows another format.
constexpr std::array<std::string_view, 3> jsonl_extensions{".ndjson", ".json", ".txt"};

class JsonlEncoder final : public FileEncoder {
 public:
  Result<void> encode(const SequenceBatch& batch, EncodedChunk& chunk) const override {
    append_jsonl(batch, chunk.bytes);
    return {};
  }
};

}  // namespace

const FormatEntry jsonl_format{
    .name = "jsonl",
    .extension = ".jsonl",
    .other_extensions = jsonl_extensions,
    .summary = "One JSON object per line; everything reads it.",
    .latents = true,
    .labels = true,
    .predictive = true,
    .streams = true,
    .make_encoder = [](const FormatOptions&,
                       const FilePlan&) -> Result<std::unique_ptr<const FileEncoder>> {
      return std::make_unique<const JsonlEncoder>();
    },
    .open_lines = [](std::unique_ptr<LineSource> lines,
                     std::string name) -> std::unique_ptr<SequenceReader> {
      return std::make_unique<JsonlReader>(std::move(lines), std::move(name));
    },
};

}  // namespace synthgen
