#include "measure_files.hpp"

#include "synthgen/formats/sequence_file.hpp"

#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "cli/text/progress_bar.hpp"

namespace synthgen::cli {
namespace {

/// The batches of all files in order, for several threads that take them in turn.
class SharedInput {
 public:
  SharedInput(const std::vector<DatasetFile>& files, DatasetComparison& comparison,
              const MeasuringOptions& how)
      : files_(files), comparison_(comparison), how_(how) {}

  /// The readers' notes, each with its file; complete once all threads have ended.
  std::vector<std::string> take_notes() { return std::move(notes_); }

  /// Fills the batch; false at the end and after a failure.
  bool next(SequenceBatch& batch) {
    constexpr std::uint64_t batch_tokens = std::uint64_t{1} << 18;
    const std::lock_guard lock(mutex_);
    batch.clear();
    while (batch.empty()) {
      if (stopped_ || (!reader_ && !open_next())) return false;
      const Result<bool> more = reader_->read(batch, batch_tokens);
      if (!more) return stop_with(more.error());
      bar_->show(static_cast<double>(reader_->bytes_read()),
                 static_cast<double>(reader_->size_bytes()));
      if (!*more) {
        for (const std::string& note : reader_->notes()) {
          notes_.push_back(name_ + ": " + note);
        }
        reader_.reset();
        bar_.reset();
      }
    }
    Result<void> compared = comparison_.add(split_, batch);
    return compared ? true : stop_with(std::move(compared.error()));
  }

  void stop(Error error) {
    const std::lock_guard lock(mutex_);
    stop_with(std::move(error));
  }
  void stop(std::exception_ptr thrown) {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    if (!thrown_) thrown_ = std::move(thrown);
  }

  /// Why it stopped, once all threads have ended. Rethrows an exception of any of them.
  std::optional<Error> failure() const {
    if (thrown_) std::rethrow_exception(thrown_);
    return error_;
  }

 private:
  bool stop_with(Error error) {
    stopped_ = true;
    if (!error_) error_ = std::move(error);
    return false;
  }
  bool open_next() {
    if (opened_ == files_.size()) return false;
    const DatasetFile& file = files_[opened_++];
    const Result<SequenceFile> input = SequenceFile::open(
        file.path, {.max_line = how_.max_line, .once = true, .hints = how_.hints});
    Result<std::unique_ptr<SequenceReader>> reader =
        input ? input->reader() : tl::unexpected(input.error());
    if (!reader) return stop_with(std::move(reader.error()));
    name_ = input->name();
    reader_ = std::move(*reader);
    split_ = file.split.empty() ? std::filesystem::path(file.path).stem().string() : file.split;
    bar_.emplace(name_, "B", !how_.quiet);
    return true;
  }

  const std::vector<DatasetFile>& files_;
  DatasetComparison& comparison_;
  const MeasuringOptions& how_;
  std::mutex mutex_;
  std::size_t opened_ = 0;
  std::unique_ptr<SequenceReader> reader_;
  std::string name_;   ///< of the current or last file
  std::string split_;  ///< of the current or last file
  std::vector<std::string> notes_;
  std::optional<ProgressBar> bar_;
  bool stopped_ = false;
  std::optional<Error> error_;
  std::exception_ptr thrown_;
};

void measure(SharedInput& input, Analyzer& analyzer) {
  try {
    SequenceBatch batch;
    while (input.next(batch)) {
      if (Result<void> added = analyzer.add(batch); !added) input.stop(std::move(added.error()));
    }
  } catch (...) {
    input.stop(std::current_exception());  // out of memory, which must not end a thread
  }
}

}  // namespace

Result<Analyzer> measure_files(const std::vector<DatasetFile>& files,
                               const AnalysisOptions& options, const MeasuringOptions& how,
                               DatasetComparison& comparison, std::vector<std::string>& notes) {
  const unsigned threads = how.threads;
  AnalysisOptions own = options;
  own.memory_shares = threads;
  std::vector<Analyzer> analyzers;
  for (unsigned i = 0; i < threads; ++i) {
    Result<Analyzer> analyzer = Analyzer::create(own);
    if (!analyzer) return analyzer;
    analyzers.push_back(std::move(*analyzer));
  }
  SharedInput input(files, comparison, how);
  std::vector<std::thread> helpers;
  for (unsigned i = 1; i < threads; ++i) {
    helpers.emplace_back([&input, &analyzer = analyzers[i]] { measure(input, analyzer); });
  }
  measure(input, analyzers.front());
  for (std::thread& helper : helpers) helper.join();
  notes = input.take_notes();
  if (std::optional<Error> failure = input.failure()) return tl::unexpected(std::move(*failure));
  while (analyzers.size() > 1) {
    if (Result<void> merged = analyzers.front().absorb(std::move(analyzers.back())); !merged) {
      return tl::unexpected(std::move(merged.error()));
    }
    analyzers.pop_back();
  }
  return std::move(analyzers.front());
}

}  // namespace synthgen::cli
