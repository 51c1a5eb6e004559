// What the machine itself needs to move bytes, and Boost's generator of random ids.

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <unistd.h>

#include "work.hpp"

namespace synthgen::bench {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 20;

Work memory_copy(const Setting& setting) {
  const auto count = static_cast<std::size_t>(setting.tokens());
  const auto from = std::make_shared<std::vector<std::uint32_t>>(count, 1);
  const auto to = std::make_shared<std::vector<std::uint32_t>>(count);
  const auto run = [from, to] {
    std::memcpy(to->data(), from->data(), from->size() * sizeof(std::uint32_t));
    asm volatile("" : : "r"(to->data()) : "memory");  // keeps the copy
  };
  return {run, setting.tokens(), count * sizeof(std::uint32_t)};
}

/// Writes the bytes of int32 ids to a new file in large pieces, and syncs it as a dataset's files
/// are synced.
Work bare_write(const Setting& setting) {
  const auto chunk = std::make_shared<std::string>(chunk_bytes, 'x');
  const std::string path = setting.path("bare");
  const auto bytes = static_cast<std::uint64_t>(setting.tokens()) * sizeof(std::uint32_t);
  const auto run = [=] {
    ::unlink(path.c_str());
    const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600);
    bool well = file >= 0;
    for (std::uint64_t done = 0; well && done < bytes;) {
      const auto size =
          static_cast<std::size_t>(std::min<std::uint64_t>(chunk_bytes, bytes - done));
      well = ::write(file, chunk->data(), size) == static_cast<ssize_t>(size);
      done += size;
    }
    require(well && ::fsync(file) == 0 && ::close(file) == 0, "cannot write " + path);
  };
  return {run, setting.tokens(), bytes};
}

/// Reading a file of int32 ids into one buffer.
Work bare_read(const Setting& setting) {
  const Work writing = bare_write(setting);
  writing.run();
  const auto chunk = std::make_shared<std::string>(chunk_bytes, '\0');
  const std::string path = setting.path("bare");
  const auto run = [=] {
    const int file = ::open(path.c_str(), O_RDONLY);
    std::uint64_t bytes = 0;
    for (ssize_t got = 1; got > 0; bytes += static_cast<std::uint64_t>(got)) {
      got = ::read(file, chunk->data(), chunk->size());
      require(got >= 0, "cannot read " + path);
    }
    ::close(file);
    require(bytes == writing.bytes, path + " has another size");
  };
  return {run, setting.tokens(), writing.bytes};
}

Work boost_uniform(const Setting& setting) {
  const auto ids = std::make_shared<std::vector<std::uint32_t>>(sequence_length * sequence_length);
  const std::uint64_t rounds = std::max<std::uint64_t>(1, setting.sequences / sequence_length);
  const auto rng = std::make_shared<boost::random::mt19937>(1);
  const auto run = [=] {
    const boost::random::uniform_int_distribution<std::uint32_t> draw(0, 9999);
    for (std::uint64_t round = 0; round < rounds; ++round) {
      for (std::uint32_t& id : *ids) id = draw(*rng);
    }
  };
  return {run, static_cast<double>(rounds * ids->size()), 0};
}

}  // namespace

void add_limits(std::vector<NamedWork>& works) {
  works.push_back({"memcpy", memory_copy});
  works.push_back({"bare write", bare_write});
  works.push_back({"bare read", bare_read});
  works.push_back({"boost mt19937", boost_uniform});
}

}  // namespace synthgen::bench
