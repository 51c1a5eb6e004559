#include "synthgen/formats/all_formats.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"

namespace synthgen {
namespace {

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
    .summary = "One JSON object a line; everything reads it.",
    .latents = true,
    .labels = true,
    .text = true,
    .joins = true,
    .make_encoder = [](const FormatOptions&,
                       const FilePlan&) -> Result<std::unique_ptr<const FileEncoder>> {
      return std::make_unique<const JsonlEncoder>();
    },
};

}  // namespace synthgen
