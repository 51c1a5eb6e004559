#include "synthgen/analyze/shortcuts/copy_shortcuts.hpp"
#include "synthgen/analyze/shortcuts/count_shortcuts.hpp"
#include "synthgen/analyze/shortcuts/shortcut.hpp"
#include "synthgen/analyze/shortcuts/slot_shortcuts.hpp"

#include <array>

namespace synthgen {
namespace {

template <class Made>
std::unique_ptr<Shortcut> make(const AnswerCounts& counts) {
  return std::make_unique<Made>(counts);
}

constexpr std::array all_shortcuts{
    ShortcutEntry{"uniform", "nothing: all ids are equal", "", false, &make<UniformShortcut>},
    ShortcutEntry{"unigram", "how often each id is the answer", "uniform", false,
                  &make<UnigramShortcut>},
    ShortcutEntry{"majority", "the most common answer alone", "uniform", false,
                  &make<MajorityShortcut>},
    ShortcutEntry{"position", "the position", "unigram", false, &make<PositionShortcut>},
    ShortcutEntry{"bigram", "the last token", "unigram", false, &make<NgramShortcut<1>>},
    ShortcutEntry{"trigram", "the last two tokens, with back-off", "bigram", false,
                  &make<NgramShortcut<2>>},
    ShortcutEntry{"copy_previous", "the last token as the answer", "unigram", false,
                  &make<CopyShortcut<&previous_token>>},
    ShortcutEntry{"last_value", "what followed the last token the last time", "unigram", false,
                  &make<CopyShortcut<&last_value>>},
    ShortcutEntry{"induction", "what followed the longest match of the end", "unigram", false,
                  &make<CopyShortcut<&longest_match>>},
    ShortcutEntry{"context_slot", "the place of the answer in the context", "unigram", true,
                  &make<SlotShortcut<false>>},
    ShortcutEntry{"query_rank", "the place of the answer for each rank of the question",
                  "context_slot", true, &make<SlotShortcut<true>>},
};

}  // namespace

std::span<const ShortcutEntry> shortcuts() {
  return all_shortcuts;
}

}  // namespace synthgen
