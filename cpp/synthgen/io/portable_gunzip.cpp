#include "synthgen/io/crc32.hpp"
#include "synthgen/io/decompressor.hpp"

#include <cstring>

namespace synthgen {
namespace {

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

}  // namespace

bool PortableGunzip::take_header(Step& done) {
  constexpr std::size_t fixed = 10;
  constexpr unsigned has_crc = 2;
  constexpr unsigned has_extra = 4;
  constexpr unsigned has_name = 8;
  constexpr unsigned has_comment = 16;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(input_[at]); };
  if (input_.size() < fixed) return false;
  if (byte(0) != 0x1F || byte(1) != 0x8B) {
    done.reason = "incorrect header check";
  } else if (byte(2) != 8) {
    done.reason = "unknown compression method";
  } else if ((byte(3) & 0xE0U) != 0) {
    done.reason = "unknown header flags set";
  }
  if (!done.reason.empty()) return false;
  const unsigned flags = byte(3);
  std::size_t end = fixed;
  if ((flags & has_extra) != 0) {
    if (input_.size() < end + 2) return false;
    end += 2 + (byte(end) | std::size_t{byte(end + 1)} << 8);
  }
  for (const unsigned text : {has_name, has_comment}) {
    if ((flags & text) == 0) continue;
    const std::size_t zero = input_.find('\0', end);
    if (zero == input_.npos) return false;
    end = zero + 1;
  }
  const std::size_t sum = end;
  if ((flags & has_crc) != 0) end += 2;
  if (input_.size() < end) return false;
  if ((flags & has_crc) != 0) {
    const std::uint32_t expected = crc32(std::string_view(input_).substr(0, sum)) & 0xFFFFU;
    if (expected != (byte(sum) | static_cast<std::uint32_t>(byte(sum + 1)) << 8)) {
      done.reason = "header crc mismatch";
      return false;
    }
  }
  inflate_ = Inflate();
  inflate_.feed(std::span(input_).subspan(end));
  input_.clear();
  crc32_ = 0;
  size_ = 0;
  part_ = Part::text;
  return true;
}

bool PortableGunzip::take_trailer(Step& done) {
  constexpr std::size_t trailer = 8;
  if (input_.size() < trailer) return false;
  if (number_at(input_, 0) != crc32_) done.reason = "incorrect data check";
  if (done.reason.empty() && number_at(input_, 4) != size_) done.reason = "incorrect length check";
  if (!done.reason.empty()) return false;
  input_.erase(0, trailer);
  part_ = Part::between;
  return true;
}

Decompressor::Step PortableGunzip::step(std::span<const char> in, std::span<char> out) {
  Step done{.consumed = in.size()};
  if (part_ == Part::text) {
    inflate_.feed(in);
  } else {
    input_.append(in.data(), in.size());
  }
  for (bool more = true; more && done.reason.empty() && done.produced < out.size();) {
    if (part_ == Part::between) {
      input_.erase(0, input_.find_first_not_of('\0'));
      more = !input_.empty();
      if (more) part_ = Part::header;
    } else if (part_ == Part::header) {
      more = take_header(done);
    } else if (part_ == Part::trailer) {
      more = take_trailer(done);
    } else {
      const std::size_t count = inflate_.read(out.subspan(done.produced));
      const std::string_view text(out.data() + done.produced, count);
      crc32_ = joined_crc32(crc32_, crc32(text), count);
      size_ += static_cast<std::uint32_t>(count);
      done.produced += count;
      done.reason = inflate_.reason();
      more = count > 0 || inflate_.ended();
      if (inflate_.ended()) {
        input_ = inflate_.rest();
        part_ = Part::trailer;
      }
    }
  }
  done.ended = part_ == Part::between;
  return done;
}

}  // namespace synthgen
