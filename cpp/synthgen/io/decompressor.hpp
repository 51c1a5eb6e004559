#pragma once

#include "synthgen/io/inflate.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace synthgen {

/// Decompresses one member or frame after another.
class Decompressor {
 public:
  struct Step {
    std::size_t consumed = 0;  ///< bytes of the input
    std::size_t produced = 0;  ///< bytes of the output
    bool ended = false;        ///< whether a member ended there and no other has begun
    std::string reason = {};   ///< why the input is damaged
  };
  virtual ~Decompressor() = default;
  virtual Step step(std::span<const char> in, std::span<char> out) = 0;
};

/// gzip without zlib: members one after another, with checksums, and zeros after any of them.
class PortableGunzip final : public Decompressor {
 public:
  Step step(std::span<const char> in, std::span<char> out) override;

 private:
  enum class Part : std::uint8_t { between, header, text, trailer };
  /// Whether the input so far has the whole header or trailer, which it then takes.
  bool take_header(Step& done);
  bool take_trailer(Step& done);

  Part part_ = Part::between;
  std::string input_;  ///< what is kept until a header or trailer is whole
  Inflate inflate_;
  std::uint32_t crc32_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace synthgen
