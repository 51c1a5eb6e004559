#include "synthgen/formats/foreign_content.hpp"

#include "synthgen/formats/pickle_opcodes.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

using namespace std::string_view_literals;

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

/// A file that begins with these bytes.
struct Signature {
  std::string_view bytes;
  ForeignContent content;
};

constexpr std::string_view llmc_hint =
    "its ids begin at byte 1024: tail -c +1025 FILE > ids.bin makes a stream that is read";

// llm.c: 256 32-bit integers: a magic number, a version and others.
constexpr std::array signatures{
    Signature{"\x88\xd8\x34\x01\x01\0\0\0"sv, {"a shard of llm.c, uint16", llmc_hint}},
    Signature{"\xa1\xd9\x34\x01\x07\0\0\0"sv, {"a shard of llm.c, uint32", llmc_hint}},
    Signature{"BZh"sv, {"bzip2", "decompress it first: bunzip2 FILE"}},
    Signature{"\xfd"
              "7zXZ\0"sv,
              {"xz", "decompress it first: unxz FILE"}},
    Signature{"\x89HDF\r\n\x1a\n"sv, {"HDF5", "write the ids as NPY: numpy.save"}},
    Signature{"PAR1"sv,
              {"Parquet", "write it as JSONL: Dataset.to_json of Hugging Face's datasets"}},
    Signature{"ARROW1\0\0"sv,
              {"Arrow", "write it as JSONL: Dataset.to_json of Hugging Face's datasets"}},
    Signature{"\xff\xff\xff\xff\x10"sv,
              {"Arrow", "write it as JSONL: Dataset.to_json of Hugging Face's datasets"}},
};

/// Texts, which may begin after a byte order mark and white space.
constexpr std::array text_signatures{
    Signature{"version https://git-lfs.github.com/spec/"sv,
              {"a pointer of Git LFS, not the file itself", "git lfs pull gets it"}},
    Signature{"<!DOCTYPE"sv, {"HTML", "the server sent a page in place of the file"}},
    Signature{"<!doctype"sv, {"HTML", "the server sent a page in place of the file"}},
    Signature{"<html"sv, {"HTML", "the server sent a page in place of the file"}},
};

/// Short signatures are checked further.
bool fits(const Signature& signature, std::string_view start, std::uint64_t size) {
  if (!start.starts_with(signature.bytes)) return false;
  if (signature.bytes == "BZh"sv) {
    return start.size() >= 10 && byte_at(start, 3) >= '1' && byte_at(start, 3) <= '9' &&
           start.substr(4, 6) == "1AY&SY"sv;
  }
  // A message of an Arrow stream: the size of its head follows, then a table's offset.
  if (signature.bytes.starts_with('\xff')) {
    return start.size() >= 12 && start.substr(6, 2) == "\0\0"sv && size > 24;
  }
  return true;
}

constexpr ForeignContent pickle_content{
    "a pickle", "write the ids as NPY (numpy.save), or as one tensor with torch.save"};
constexpr ForeignContent text_content{"text", ""};
constexpr ForeignContent utf16_content{"UTF-16 text",
                                       "iconv -f UTF-16 -t UTF-8 FILE makes text that is read"};

/// Printable ASCII and line breaks alone, and more of it than chance would give.
bool is_text(std::string_view start) {
  constexpr std::size_t enough = 32;
  return start.size() >= enough && std::all_of(start.begin(), start.end(), [](char c) {
           return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t';
         });
}

std::string_view without_mark_and_blanks(std::string_view start) {
  if (start.starts_with("\xEF\xBB\xBF"sv)) start.remove_prefix(3);
  start.remove_prefix(std::min(start.find_first_not_of(" \t\r\n"), start.size()));
  return start;
}

/// UTF-16's byte order mark, or ASCII with a zero byte after or before each character.
bool is_utf16(std::string_view start) {
  if (start.starts_with("\xFE\xFF"sv)) return true;
  // With two zeros after it, the mark is that of UTF-32.
  if (start.starts_with("\xFF\xFE"sv)) return start.substr(2, 2) != "\0\0"sv;
  constexpr std::size_t enough = 16;
  const std::size_t checked = std::min<std::size_t>(start.size() & ~std::size_t{1}, 64);
  if (checked < enough) return false;
  for (const std::size_t zero : {std::size_t{0}, std::size_t{1}}) {
    bool all = true;
    for (std::size_t i = 0; i < checked; i += 2) {
      const char c = start[i + 1 - zero];
      const bool is_ascii =
          start[i + zero] == 0 && ((c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t');
      all = all && is_ascii;
    }
    if (all) return true;
  }
  return false;
}

}  // namespace

const ForeignContent* foreign_content(std::string_view start, std::uint64_t size,
                                      bool expects_text) noexcept {
  const auto found =
      std::find_if(signatures.begin(), signatures.end(),
                   [&](const Signature& signature) { return fits(signature, start, size); });
  if (found != signatures.end()) return &found->content;
  const std::string_view text = without_mark_and_blanks(start);
  for (const Signature& signature : text_signatures) {
    if (text.starts_with(signature.bytes)) return &signature.content;
  }
  if (is_pickle(start, size)) return &pickle_content;
  if (expects_text) return is_utf16(start) ? &utf16_content : nullptr;
  return is_text(start) ? &text_content : nullptr;
}

bool is_surely_gzip(std::string_view start) noexcept {
  if (start.size() < 10 || !start.starts_with("\x1f\x8b\x08")) return false;
  const unsigned speed = byte_at(start, 8);
  const unsigned system = byte_at(start, 9);
  return byte_at(start, 3) < 0x20 && (speed == 0 || speed == 2 || speed == 4) &&
         (system <= 13 || system == 255);
}

}  // namespace synthgen
