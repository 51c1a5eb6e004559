#include "synthgen/dataset/write/replacement.hpp"

#include "synthgen/dataset/write/existing_dataset.hpp"
#include "synthgen/io/output/publish.hpp"

#include <utility>

namespace synthgen {

void Replacement::add(RunJournal journal, std::vector<AtomicFile> files) {
  journals_.push_back(std::move(journal));
  for (AtomicFile& file : files) {
    file.rest();
    files_.push_back(std::move(file));
  }
}

void Replacement::remove(const std::vector<std::filesystem::path>& replaced) {
  may_replace_ = true;
  replaced_.insert(replaced.begin(), replaced.end());
}

void Replacement::remove_again(const std::filesystem::path& directory,
                               const std::vector<std::string>& names) {
  for (const std::string& name : names) replaced_.insert(directory / name);
  may_replace_ = may_replace_ || !names.empty();
}

Result<void> Replacement::publish() {
  std::vector<std::string> removed;
  std::vector<std::string> names;
  for (const std::filesystem::path& path : in_order_of_removal(replaced_)) {
    removed.push_back(path.string());
    names.push_back(path.filename().string());
  }
  for (RunJournal& journal : journals_) {
    if (Result<void> noted = journal.complete(std::exchange(names, {})); !noted) return noted;
  }
  std::vector<AtomicFile*> in_order;
  for (AtomicFile& file : files_) in_order.push_back(&file);
  if (Result<void> done = synthgen::publish(removed, in_order); !done) return done;
  for (RunJournal& journal : journals_) {
    if (Result<void> gone = journal.remove(); !gone) return gone;
  }
  return {};
}

}  // namespace synthgen
