#include "synthgen/score/model_numbers.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

/// A loss may lie this much below 0, in bits: kernels round.
constexpr double below_zero = 1e-4;

std::string shape_in_words(const std::vector<std::uint64_t>& shape) {
  std::string text;
  for (const std::uint64_t size : shape) text += (text.empty() ? "" : " x ") + std::to_string(size);
  return text.empty() ? "no dimension" : text;
}

}  // namespace

Result<ModelNumbers> ModelNumbers::open(const ModelFile& which, const ModelShape& shape) {
  const char* const key = which.has_laws ? "log_probs" : "losses";
  Result<RealFile> file = open_reals(which.path, key, which.tensor);
  if (!file) return tl::unexpected(std::move(file.error()));
  if (!file->table && which.has_laws) {
    return fail(
        ErrorKind::usage,
        formatted("{}: is text; log-probabilities are read from npy and safetensors", which.path));
  }
  ModelNumbers numbers(std::move(*file), which, shape);
  if (!numbers.file_.table) return numbers;
  Result<void> fits = numbers.take_table();
  if (!fits) return tl::unexpected(std::move(fits.error()));
  return numbers;
}

Result<void> ModelNumbers::take_table() {
  const NumberTable& table = *file_.table;
  const std::uint64_t longest = shape_.lengths.longest;
  const bool may_leave_first = shape_.target == ScoreTarget::tokens && longest > 1;
  const bool has_form = table.shape.size() == (has_laws_ ? 3U : 2U) &&
                        table.shape[0] == shape_.sequences &&
                        (!has_laws_ || table.shape[2] >= shape_.vocab_size);
  const bool is_whole = has_form && table.shape[1] == longest;
  if (!is_whole && !(has_form && may_leave_first && table.shape[1] + 1 == longest)) {
    const std::string ids = has_laws_ ? formatted(" x {}", shape_.vocab_size) : "";
    const std::string rest = may_leave_first
                                 ? formatted(", or {} x {}{} without the first position",
                                             shape_.sequences, longest - 1, ids)
                                 : std::string();
    return fail(ErrorKind::data,
                formatted("{}: is {}; allowed: {} x {}{}{}", file_.name,
                          shape_in_words(table.shape), shape_.sequences, longest, ids, rest));
  }
  first_position_ = is_whole ? 0 : 1;
  width_ = table.shape[1];
  if (has_laws_) ids_ = table.shape[2];
  if (!has_laws_) table_.emplace(table.elements);
  return {};
}

double ModelNumbers::rounding(double bits) const noexcept {
  constexpr double of_kernels = 1e-6;  // what float32 arithmetic adds up to
  return of_kernels + std::ldexp(bits, -file_.significand_bits());
}

std::string ModelNumbers::place(std::uint64_t row, std::uint64_t position) const {
  const std::uint64_t column = position - first_position_.value_or(0);
  return file_.table ? formatted("{}: [{}, {}]", file_.name, row, column)
                     : formatted("{}:{}: number {}", file_.name, file_.lines->line(), column);
}

Result<void> ModelNumbers::check_line(std::uint64_t row, std::uint64_t length) {
  const std::uint64_t longest = shape_.lengths.longest;
  const std::uint64_t size = row_.size();
  const auto fits = [&](std::uint64_t first) {
    return size + first == length || size + first == longest;
  };
  if (!first_position_) {
    const bool leaves_first = shape_.target == ScoreTarget::tokens && !fits(0) && fits(1);
    first_position_ = leaves_first ? 1 : 0;
  }
  if (fits(*first_position_)) return {};
  return fail(
      ErrorKind::data,
      formatted("{}:{}: {}; sequence {} has {}, so {} allowed{}", file_.name, file_.lines->line(),
                counted(size, "number"), row, counted(length, "token"),
                *first_position_ == 0 ? formatted("{} are", length)
                                      : formatted("{} without the first position are", length - 1),
                row == 0 && shape_.target == ScoreTarget::tokens
                    ? formatted(", or {} without the first position", length - 1)
                    : std::string()));
}

Result<void> ModelNumbers::next_row(std::uint64_t row, std::uint64_t length) {
  if (!table_) {
    const Result<bool> more = file_.lines->next(row_);
    if (!more) return tl::unexpected(more.error());
    if (!*more) {
      return fail(ErrorKind::data,
                  formatted("{}: has {}; allowed: one for each of {}", file_.name,
                            counted(row, "row"), counted(shape_.sequences, "sequence")));
    }
    return check_line(row, length);
  }
  row_.clear();
  while (row_.size() < width_) {
    const Result<std::span<const double>> some = table_->take(width_ - row_.size());
    if (!some) return tl::unexpected(some.error());
    row_.insert(row_.end(), some->begin(), some->end());
  }
  return {};
}

Result<void> ModelNumbers::read_losses(std::uint64_t first, const Floors& floors,
                                       ModelBits& model) {
  model.loss.assign(floors.bits.size(), 0);
  const double bits = bits_in(unit_);
  for (std::size_t i = 0; i < floors.batch.size(); ++i) {
    const std::uint64_t row = first + i;
    const std::size_t length = floors.batch.content(i).size();
    if (Result<void> read = next_row(row, length); !read) return read;
    const auto begin = static_cast<std::size_t>(floors.batch.offsets[i]);
    for (auto t = static_cast<std::size_t>(*first_position_); t < length; ++t) {
      if (!Floors::is_target(floors.bits[begin + t])) continue;
      const double loss = row_[t - static_cast<std::size_t>(*first_position_)] * bits;
      if (!std::isfinite(loss) || loss < -below_zero) {
        return fail(ErrorKind::data, formatted("{} is {}; a loss is a finite number from 0 up",
                                               place(row, t), loss / bits));
      }
      model.loss[begin + t] = loss;
    }
  }
  return {};
}

Result<void> ModelNumbers::check_end() {
  if (!file_.lines) return {};
  const Result<bool> more = file_.lines->next(row_);
  if (!more) return tl::unexpected(more.error());
  if (!*more) return {};
  return fail(ErrorKind::data,
              formatted("{}:{}: one row too many; allowed: one for each of {}", file_.name,
                        file_.lines->line(), counted(shape_.sequences, "sequence")));
}

Result<void> LawReader::read(std::uint64_t row, std::uint64_t position) {
  const ModelNumbers& from = *numbers_;
  const std::uint64_t at = row * from.width_ + position - *from.first_position_;
  RealReader reader(from.file_.table->elements.part(at * from.ids_, from.ids_));
  model_bits_.clear();
  while (reader.left() > 0) {
    const Result<std::span<const double>> some = reader.take(reader.left());
    if (!some) return tl::unexpected(some.error());
    model_bits_.insert(model_bits_.end(), some->begin(), some->end());
  }
  const double bits = bits_in(from.unit_);
  double sum = 0;
  for (std::size_t id = 0; id < model_bits_.size(); ++id) {
    const double log = model_bits_[id];
    if (std::isnan(log) || log > below_zero) {
      return fail(ErrorKind::data, formatted("{}, id {} is {}; a log-probability is at most 0",
                                             from.place(row, position), id, log));
    }
    model_bits_[id] = log * bits;
    sum += std::exp2(model_bits_[id]);
  }
  const int significand = from.file_.significand_bits();
  const double allowed = significand <= 8 ? 0.15 : significand <= 11 ? 0.02 : 0.001;
  if (std::abs(sum - 1) <= allowed) return {};
  return fail(ErrorKind::data,
              formatted("{}: the probabilities add up to {}; allowed: 1 at each position, as "
                        "log_softmax gives them",
                        from.place(row, position), sum));
}

Result<void> LawReader::compare(const Predictor& predictor, std::uint64_t row,
                                std::uint64_t position, std::uint32_t target, std::size_t token,
                                ModelBits& model) {
  const ModelNumbers& from = *numbers_;
  if (position < *from.first_position_) return {};
  if (Result<void> done = read(row, position); !done) return done;
  exact_.assign(static_cast<std::size_t>(from.ids_), 0);
  const std::span<double> law = std::span(exact_).first(predictor.vocab_size());
  if (from.shape_.target == ScoreTarget::labels) {
    predictor.label_law(law);
  } else {
    predictor.law(law);
  }
  double divergence = 0;
  double variation = 0;
  for (std::size_t id = 0; id < exact_.size(); ++id) {
    const double exact = exact_[id];
    variation += std::abs(exact - std::exp2(model_bits_[id]));
    if (exact == 0) continue;
    if (std::isinf(model_bits_[id])) {
      return fail(ErrorKind::data,
                  formatted("{}, id {} is -inf, but the id has probability {}; allowed: a finite "
                            "number",
                            from.place(row, position), id, exact));
    }
    divergence += exact * (std::log2(exact) - model_bits_[id]);
  }
  model.loss[token] = -model_bits_[target];
  model.divergence[token] = divergence;
  model.variation[token] = variation / 2;
  return {};
}

}  // namespace synthgen
