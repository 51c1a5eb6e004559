#pragma once

#include "synthgen/formats/format.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/byte_file.hpp"

#include <memory>

namespace synthgen {

// Each format's writer and reader stand in the file of its name.
extern const FormatEntry jsonl_format;
extern const FormatEntry npy_format;
extern const FormatEntry pt_format;
extern const FormatEntry safetensors_format;
extern const FormatEntry bin_format;
extern const FormatEntry megatron_format;
extern const FormatEntry csv_format;

// Readers of bytes anywhere. Each fails (data) for what is not its format or not sound, before it
// allocates by what a head claims.
Result<std::unique_ptr<SequenceReader>> open_npy(std::shared_ptr<const ByteFile> file);
Result<std::unique_ptr<SequenceReader>> open_pt(std::shared_ptr<const ByteFile> file);
Result<std::unique_ptr<SequenceReader>> open_safetensors(std::shared_ptr<const ByteFile> file);
Result<std::unique_ptr<SequenceReader>> open_bin(std::shared_ptr<const ByteFile> file);
Result<std::unique_ptr<SequenceReader>> open_megatron(std::shared_ptr<const ByteFile> ids,
                                                      std::shared_ptr<const ByteFile> index);

}  // namespace synthgen
