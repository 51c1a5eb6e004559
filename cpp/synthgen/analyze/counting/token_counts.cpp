#include "synthgen/analyze/counting/token_counts.hpp"

#include "synthgen/analyze/counting/sequence_counts.hpp"

namespace synthgen {

void TokenCounts::add(std::span<const std::uint32_t> tokens) {
  add(tokens, bits_of_ids(tokens));
}

void TokenCounts::add(std::span<const std::uint32_t> tokens, unsigned id_bits) {
  total_ += tokens.size();
  make_room(std::size_t{1} << std::min(id_bits, dense_bits));
  std::uint64_t* const counts = dense_.data();
  if (id_bits <= dense_bits) {
    for (const std::uint32_t id : tokens) ++counts[id];
    return;
  }
  keys_.clear();
  for (const std::uint32_t id : tokens) {
    if (id < dense_limit) {
      ++counts[id];
    } else {
      keys_.push_back(id);
    }
  }
  large_.add(keys_);
}

void TokenCounts::merge(const TokenCounts& other) {
  make_room(other.dense_.size());
  for (std::size_t id = 0; id < other.dense_.size(); ++id) dense_[id] += other.dense_[id];
  large_.merge(other.large_);
  total_ += other.total_;
}

Result<void> TokenCounts::visit(const std::function<void(const Entry&)>& use) const {
  for (std::size_t id = 0; id < dense_.size(); ++id) {
    if (dense_[id] != 0) use({id, dense_[id]});
  }
  return large_.visit_counts(use);
}

Result<std::uint64_t> TokenCounts::distinct() const {
  std::uint64_t ids = 0;
  const Result<void> visited = visit([&](const Entry&) { ++ids; });
  if (!visited) return tl::unexpected(visited.error());
  return ids;
}

Result<std::vector<TokenCounts::Entry>> TokenCounts::commonest(std::size_t most) const {
  BestEntries<Entry> best(most);
  const Result<void> visited = visit([&](const Entry& entry) { best.offer(entry); });
  if (!visited) return tl::unexpected(visited.error());
  return std::move(best).sorted();
}

void TokenCounts::exchange(StateArchive& archive) {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> small;
  for (std::uint32_t id = 0; !archive.reads() && id < dense_.size(); ++id) {
    if (dense_[id] != 0) small.emplace_back(id, dense_[id]);
  }
  archive(total_, small, large_);
  if (!archive.reads()) return;
  dense_.clear();
  for (const auto& [id, times] : small) {
    if (id >= dense_limit) return archive.refuse();
    make_room(std::size_t{id} + 1);
    dense_[id] += times;
  }
}

}  // namespace synthgen
