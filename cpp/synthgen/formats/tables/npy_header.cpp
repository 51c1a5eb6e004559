#include "synthgen/formats/tables/npy_header.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace synthgen {
namespace {

using namespace std::string_view_literals;

/// Reads the literal of the header, {'descr': '<i4', 'fortran_order': False, 'shape': (3, 4), },
/// and no other Python.
class HeadParser {
 public:
  explicit HeadParser(std::string_view text) : rest_(text) {}

  std::string descr;
  std::optional<bool> fortran_order;
  std::optional<std::vector<std::uint64_t>> shape;
  std::string reason;  ///< why it stopped

  bool parse() {
    if (!eat('{')) return stop("is not a dict");
    while (!eat('}')) {
      std::string key;
      if (!text(key) || !eat(':')) return stop("a key is malformed");
      if (!value(key)) return false;
      if (!eat(',') && (skip(), rest_.empty() || rest_[0] != '}')) return stop("misses a comma");
    }
    skip();
    if (!rest_.empty()) return stop("has text after the dict");
    if (descr.empty() || !fortran_order || !shape) {
      return stop("misses one of descr, fortran_order, shape");
    }
    return true;
  }

 private:
  bool stop(std::string why) {
    if (reason.empty()) reason = std::move(why);
    return false;
  }
  void skip() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }
  bool eat(char wanted) {
    skip();
    if (rest_.empty() || rest_[0] != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool eat(std::string_view word) {
    skip();
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  bool text(std::string& out) {
    skip();
    if (rest_.starts_with("u'") || rest_.starts_with("u\"")) rest_.remove_prefix(1);
    if (rest_.empty() || (rest_[0] != '\'' && rest_[0] != '"')) return false;
    const std::size_t end = rest_.find(rest_[0], 1);
    if (end == rest_.npos) return false;
    out = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return true;
  }
  bool value(const std::string& key) {
    if (key == "descr") {
      skip();
      if (text(descr)) return true;
      const bool is_list = !rest_.empty() && rest_[0] == '[';
      return stop(is_list ? "dtype has fields; plain numbers are read" : "descr is no text");
    }
    if (key == "fortran_order") {
      if (eat("True"sv)) fortran_order = true;
      if (eat("False"sv)) fortran_order = false;
      return fortran_order.has_value() || stop("fortran_order is neither True nor False");
    }
    if (key == "shape") return shape_value();
    return stop(formatted("has the unknown key {}", quoted_start(key)));
  }
  bool shape_value() {
    if (!eat('(')) return stop("shape is no tuple");
    shape.emplace();
    while (!eat(')')) {
      skip();
      std::uint64_t size = 0;
      std::size_t digits = 0;
      for (; digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9'; ++digits) {
        if (digits == 18) return stop("shape has a number of 19 digits or more");
        size = 10 * size + static_cast<std::uint64_t>(rest_[digits] - '0');
      }
      rest_.remove_prefix(digits);
      if (digits > 0 && rest_.starts_with('L')) rest_.remove_prefix(1);  // of Python 2
      if (digits == 0 || shape->size() == 32) return stop("shape is malformed");
      shape->push_back(size);
      if (!eat(',') && (skip(), rest_.empty() || rest_[0] != ')'))
        return stop("shape is malformed");
    }
    return true;
  }

  std::string_view rest_;
};

std::string shape_text(const std::vector<std::uint64_t>& shape) {
  std::string text;
  for (const std::uint64_t size : shape) text += formatted("{}, ", size);
  if (shape.size() > 1) text.resize(text.size() - 2);
  if (shape.size() == 1) text.pop_back();
  return '(' + text + ')';
}

/// A type with a name of its own, in the sizes of 64-bit Linux.
struct NamedType {
  std::string_view name;
  std::string_view code;  ///< of one letter; may be empty
  std::uint64_t bytes;
  bool is_signed;
};
constexpr std::array named_types{
    NamedType{"byte", "b", 1, true},     NamedType{"ubyte", "B", 1, false},
    NamedType{"short", "h", 2, true},    NamedType{"ushort", "H", 2, false},
    NamedType{"intc", "i", 4, true},     NamedType{"uintc", "I", 4, false},
    NamedType{"long", "l", 8, true},     NamedType{"ulong", "L", 8, false},
    NamedType{"longlong", "q", 8, true}, NamedType{"ulonglong", "Q", 8, false},
    NamedType{"intp", "p", 8, true},     NamedType{"uintp", "P", 8, false},
    NamedType{"int", "", 8, true},       NamedType{"uint", "", 8, false},
};

constexpr std::array boolean_types{"|b1"sv, "b1"sv, "?"sv, "bool"sv};

/// A kind and a size: i8 in bytes, int64 in bits.
std::optional<Element> sized_element(std::string_view type) {
  struct Kind {
    std::string_view name;
    std::uint64_t unit;  ///< of its size, in bits
  };
  for (const Kind kind : {Kind{"uint", 1}, Kind{"int", 1}, Kind{"float", 1}, Kind{"u", 8},
                          Kind{"i", 8}, Kind{"f", 8}}) {
    if (!type.starts_with(kind.name)) continue;
    const bool is_real = kind.name[0] == 'f';
    for (const std::uint64_t bytes : std::array<std::uint64_t, 4>{1, 2, 4, 8}) {
      if (type.substr(kind.name.size()) != std::to_string(8 * bytes / kind.unit)) continue;
      if (is_real && bytes == 1) return std::nullopt;
      return Element{bytes, kind.name[0] != 'u', false,
                     is_real ? NumberForm::ieee : NumberForm::integer};
    }
  }
  return std::nullopt;
}

/// The type that NumPy means by a text: an order, which is by default that of this machine, and a
/// kind with a size, a letter or a name.
std::optional<Element> element_of(std::string_view descr) {
  const bool has_order = !descr.empty() && "<>|="sv.find(descr[0]) != descr.npos;
  const std::string_view type = descr.substr(has_order ? 1 : 0);
  std::optional<Element> element = sized_element(type);
  for (const NamedType& named : named_types) {
    if (type.empty() || (type != named.name && type != named.code)) continue;
    element = Element{named.bytes, named.is_signed};
  }
  if (element && descr[0] == '>') element->big_endian = true;
  return element;
}

/// Where the dict begins and how long it is.
struct HeadPlace {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
};

/// Of an array that begins at `begin` and ends before `end`.
Result<HeadPlace> head_place(const ByteFile& file, std::uint64_t begin, std::uint64_t end) {
  const Result<std::string> start =
      file.read_start(begin, std::min<std::uint64_t>(12, end - begin));
  if (!start) return tl::unexpected(start.error());
  if (!start->starts_with(npy_magic) || start->size() < 12) {
    return tl::unexpected(file.fault(begin, "not an NPY file: it does not begin with \\x93NUMPY"));
  }
  const auto byte = [&](std::size_t at) {
    return std::uint64_t{static_cast<unsigned char>((*start)[at])};
  };
  HeadPlace place;
  if (byte(6) == 1) {
    place = {begin + 10, byte(8) | byte(9) << 8};
  } else if (byte(6) == 2 || byte(6) == 3) {
    place = {begin + 12, byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24};
  } else {
    return tl::unexpected(
        file.fault(begin + 6, formatted("NPY version {}; 1 to 3 are read", byte(6))));
  }
  constexpr std::uint64_t most = 1 << 16;
  if (place.bytes > most || place.bytes > end - std::min(end, place.offset)) {
    return tl::unexpected(
        file.fault(begin + 8, formatted("a head of {} bytes; the file has {}, and {} are allowed",
                                        place.bytes, end - begin, most)));
  }
  return place;
}

std::string head_of(const std::string& descr, const std::vector<std::uint64_t>& shape) {
  std::string dict = "{'descr': '<";
  dict += descr;
  dict += "', 'fortran_order': False, 'shape': " + shape_text(shape) + ", }";
  constexpr std::size_t before = 10;
  constexpr std::size_t multiple = 64;
  const std::size_t size = (before + dict.size() + 1 + multiple - 1) / multiple * multiple - before;
  dict.resize(size - 1, ' ');
  std::string head(npy_magic);
  head += "\x01"sv;
  head += "\0"sv;
  head += static_cast<char>(size & 0xFF);
  head += static_cast<char>(size >> 8);
  return head + dict + '\n';
}

}  // namespace

std::string npy_head(Dtype dtype, const std::vector<std::uint64_t>& shape) {
  const bool is_signed = dtype == Dtype::int32 || dtype == Dtype::int64;
  return head_of(formatted("{}{}", is_signed ? 'i' : 'u', bytes_of(dtype)), shape);
}

std::string npy_float_head(const std::vector<std::uint64_t>& shape) {
  return head_of("f4", shape);
}

namespace {

/// What kind of numbers a reader takes.
struct WantedNumbers {
  NumberForm form;
  std::string_view name;
  std::string_view types;
};
constexpr WantedNumbers npy_integers{NumberForm::integer, "integers",
                                     "integers of 1, 2, 4 or 8 bytes"};
constexpr WantedNumbers npy_reals{NumberForm::ieee, "floats", "float16, float32 and float64"};

/// The bytes of a file from `begin` up to `end`.
struct FilePart {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

Result<NumberTable> read_array(std::shared_ptr<const ByteFile> file, const FilePart& part,
                               const WantedNumbers& wanted, bool or_booleans = false) {
  const Result<HeadPlace> place = head_place(*file, part.begin, part.end);
  if (!place) return tl::unexpected(place.error());
  const Result<std::string> dict = file->read_start(place->offset, place->bytes);
  if (!dict) return tl::unexpected(dict.error());
  HeadParser head(*dict);
  if (!head.parse()) {
    return tl::unexpected(file->fault(place->offset, "the head " + head.reason));
  }
  const bool is_boolean = or_booleans && std::find(boolean_types.begin(), boolean_types.end(),
                                                   head.descr) != boolean_types.end();
  const std::optional<Element> element =
      is_boolean ? std::optional(Element{1, false}) : element_of(head.descr);
  if (!element || element->form != wanted.form) {
    return tl::unexpected(file->fault(
        place->offset, formatted("dtype {}; {} are read", quoted_start(head.descr), wanted.types)));
  }
  if (*head.fortran_order && head.shape->size() > 1) {
    return tl::unexpected(
        file->fault(place->offset, "Fortran order; C order is read (numpy.ascontiguousarray)"));
  }
  const std::uint64_t start = place->offset + place->bytes;
  std::uint64_t count = 1;
  bool fits = true;
  for (const std::uint64_t size : *head.shape) {
    fits = fits && (size == 0 || count <= (part.end - part.begin) / size);
    count *= size;
  }
  if (!fits || count > part.end - part.begin || start + count * element->bytes != part.end) {
    return tl::unexpected(file->fault(
        start, formatted("shape {} of {} byte {} does not make the {} bytes that follow",
                         shape_text(*head.shape), element->bytes, wanted.name, part.end - start)));
  }
  return NumberTable{std::move(*head.shape), {std::move(file), start, *element, count}};
}

}  // namespace

Result<NumberTable> read_npy(std::shared_ptr<const ByteFile> file) {
  const FilePart whole{0, file->size()};
  return read_array(std::move(file), whole, npy_integers);
}

Result<NumberTable> read_npy_at(std::shared_ptr<const ByteFile> file, std::uint64_t offset,
                                std::uint64_t bytes, bool or_booleans) {
  return read_array(std::move(file), {offset, offset + bytes}, npy_integers, or_booleans);
}

Result<NumberTable> read_npy_reals(std::shared_ptr<const ByteFile> file) {
  const FilePart whole{0, file->size()};
  return read_array(std::move(file), whole, npy_reals);
}

}  // namespace synthgen
