#include "values.hpp"

#include <cmath>
#include <cstdint>
#include <cstring>

namespace synthgen::preview {
namespace {

/// The next value of the bytes, which it takes away.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  Json value() {
    switch (next<char>()) {
      case 't':
        return true;
      case 'f':
        return false;
      case 'i':
        return integer();
      case 'd':
        return next<double>();
      case 's':
        return string();
      case 'a':
        return array();
      case 'o':
        return object();
      default:
        return nullptr;
    }
  }

 private:
  template <class T>
  T next() {
    T part;
    std::memcpy(&part, take(sizeof part).data(), sizeof part);
    return part;
  }

  std::string_view take(std::size_t size) {
    const std::string_view part = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return part;
  }

  /// As text would be read: what is not negative has no sign.
  Json integer() {
    const auto number = next<std::int64_t>();
    return number < 0 ? Json(number) : Json(static_cast<std::uint64_t>(number));
  }

  std::string string() {
    const auto size = next<std::uint32_t>();
    return std::string(take(size));
  }

  Json array() {
    Json list = Json::array();
    for (auto count = next<std::uint32_t>(); count > 0; --count) list.push_back(value());
    return list;
  }

  Json object() {
    Json members = Json::object();
    for (auto count = next<std::uint32_t>(); count > 0; --count) {
      std::string key = string();
      members[key] = value();
    }
    return members;
  }

  std::string_view bytes_;
};

template <class T>
void append(std::string& bytes, T part) {
  char raw[sizeof part];
  std::memcpy(raw, &part, sizeof part);
  bytes.append(raw, sizeof part);
}

void append_string(std::string& bytes, const std::string& text) {
  append(bytes, static_cast<std::uint32_t>(text.size()));
  bytes += text;
}

void append_value(std::string& bytes, const Json& value) {
  switch (value.type()) {
    case Json::value_t::boolean:
      bytes += value == true ? 't' : 'f';
      break;
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
      bytes += 'i';
      append(bytes, value.get<std::int64_t>());
      break;
    case Json::value_t::number_float: {
      const auto number = value.get<double>();
      bytes += std::isfinite(number) ? 'd' : 'n';
      if (std::isfinite(number)) append(bytes, number);
      break;
    }
    case Json::value_t::string:
      bytes += 's';
      append_string(bytes, value.get_ref<const std::string&>());
      break;
    case Json::value_t::array:
      bytes += 'a';
      append(bytes, static_cast<std::uint32_t>(value.size()));
      for (const Json& element : value) append_value(bytes, element);
      break;
    case Json::value_t::object:
      bytes += 'o';
      append(bytes, static_cast<std::uint32_t>(value.size()));
      for (auto member = value.begin(); member != value.end(); ++member) {
        append_string(bytes, member.key());
        append_value(bytes, *member);
      }
      break;
    default:
      bytes += 'n';
  }
}

}  // namespace

Json read_value(std::string_view bytes) {
  return Reader(bytes).value();
}

std::string value_bytes(const Json& value) {
  std::string bytes;
  append_value(bytes, value);
  return bytes;
}

}  // namespace synthgen::preview
