/** Uses what the declarations say of measures and latents; `tsc` checks it. Never run. */
import type { Latents, Report } from 'synthgen';

export function shortcutsOf(found: Report): (number | null | undefined)[] {
  // prettier-ignore
  return [
    found.shortcut_uniform_bits, found.shortcut_uniform_accuracy, found.shortcut_unigram_bits,
    found.shortcut_unigram_accuracy, found.shortcut_majority_bits,
    found.shortcut_majority_accuracy, found.shortcut_position_bits,
    found.shortcut_position_accuracy, found.shortcut_bigram_bits, found.shortcut_bigram_accuracy,
    found.shortcut_trigram_bits, found.shortcut_trigram_accuracy,
    found.shortcut_copy_previous_bits, found.shortcut_copy_previous_accuracy,
    found.shortcut_last_value_bits, found.shortcut_last_value_accuracy,
    found.shortcut_induction_bits, found.shortcut_induction_accuracy,
    found.shortcut_context_slot_bits, found.shortcut_context_slot_accuracy,
    found.shortcut_query_rank_bits, found.shortcut_query_rank_accuracy,
  ];
}

export function sourceOf({ states, beliefs, contexts, chain }: Latents): number {
  return (states ?? contexts ?? []).length + (beliefs ?? chain ?? []).length;
}
