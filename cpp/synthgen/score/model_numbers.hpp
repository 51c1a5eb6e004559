#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/tables/real_file.hpp"
#include "synthgen/generate/layers/length_layer.hpp"
#include "synthgen/score/excess.hpp"
#include "synthgen/score/floor.hpp"
#include "synthgen/score/loss_unit.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

/// The file with what a model made of the sequences.
struct ModelFile {
  std::string path;
  std::string tensor = {};  ///< of a safetensors file; empty: see `open_reals`
  bool has_laws = false;    ///< a log-probability for each id, not one loss
  LossUnit unit = LossUnit::nats;
};

/// The sequences that the file is about.
struct ModelShape {
  std::uint64_t sequences = 0;
  LengthRange lengths;
  std::uint64_t vocab_size = 0;
  ScoreTarget target = ScoreTarget::tokens;
};

/// A model's losses, −log q(target): one row for each sequence, with a number for each token, or
/// for each but the first. Padding and positions without a label can hold anything.
class ModelNumbers {
 public:
  /// Fails (data) if the shape is another one, with what is allowed; else as `open_reals`.
  static Result<ModelNumbers> open(const ModelFile& file, const ModelShape& shape);

  bool has_laws() const noexcept { return has_laws_; }
  /// The position of a row's first number: 1 where the first token was given to the model; none
  /// before the first line of a text.
  std::optional<std::uint64_t> first_position() const noexcept { return first_position_; }
  /// By how much a loss of that many bits may be off because numbers are rounded.
  double rounding(double bits) const noexcept;

  /// Puts the next rows' losses into `model`. Fails (data) at the first number that no loss can
  /// have, with its place.
  Result<void> read_losses(std::uint64_t first, const Floors& floors, ModelBits& model);

  /// Fails (data) if rows are left.
  Result<void> check_end();

 private:
  friend class LawReader;
  ModelNumbers(RealFile file, const ModelFile& which, const ModelShape& shape)
      : file_(std::move(file)), has_laws_(which.has_laws), unit_(which.unit), shape_(shape) {}
  Result<void> take_table();
  Result<void> next_row(std::uint64_t row, std::uint64_t length);
  Result<void> check_line(std::uint64_t row, std::uint64_t length);
  std::string place(std::uint64_t row, std::uint64_t position) const;

  RealFile file_;
  bool has_laws_;
  LossUnit unit_;
  ModelShape shape_;
  std::optional<std::uint64_t> first_position_;
  std::uint64_t width_ = 0;  ///< of a table's row, in positions
  std::uint64_t ids_ = 0;    ///< of a law
  std::optional<RealReader> table_;
  std::vector<double> row_;
};

/// Reads a model's laws at any place and compares them with the exact ones. One for each thread.
class LawReader {
 public:
  /// `numbers` has laws and outlives it.
  explicit LawReader(const ModelNumbers& numbers) : numbers_(&numbers) {}

  /// Compares the law at that place and puts loss, divergence and variation at `token` of `model`,
  /// which has room for them. Leaves the place out if it comes before the first position. Fails
  /// (data) if these are no log-probabilities, with the place.
  Result<void> compare(const Predictor& predictor, std::uint64_t row, std::uint64_t position,
                       std::uint32_t target, std::size_t token, ModelBits& model);

 private:
  Result<void> read(std::uint64_t row, std::uint64_t position);

  const ModelNumbers* numbers_;
  std::vector<double> model_bits_;  ///< log2 q
  std::vector<double> exact_;
};

}  // namespace synthgen
