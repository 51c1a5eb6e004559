import type { Measure } from 'synthgen';

import type { ChartCard } from './card';
import { complexityCard } from './complexity_card';
import { curveCard, informationCard, lagCard } from './distance_cards';
import { measureCard } from './measure_card';
import { structureCard } from './structure_card';
import { frequencyCard, ngramsCard } from './token_cards';

/** Every chart, in the page's order. */
export const chartCards: readonly ChartCard[] = [
  measureCard({
    title: 'Local coherence',
    name: 'local_coherence',
    axis: 'share of neighbours that are equal',
  }),
  measureCard({
    title: 'Global coherence',
    name: 'global_coherence',
    axis: 'share of the most common token',
  }),
  structureCard,
  measureCard({
    title: 'Entropy',
    name: 'entropy',
    measure: 'average_entropy',
    axis: 'bits per token',
  }),
  lagCard,
  informationCard,
  frequencyCard,
  ngramsCard,
  complexityCard,
  measureCard(
    {
      title: 'Length',
      name: 'length',
      measure: 'length_histogram',
      axis: 'tokens',
    },
    ({ report }) => report.min_length !== report.max_length,
  ),
];

/** A card for each measure of the core with a curve that none of the above draws. */
export function furtherCards(measures: readonly Measure[]): ChartCard[] {
  const drawn = new Set(chartCards.map(({ measure }) => measure));
  return measures
    .filter(({ name, chart }) => chart === 'curve' && !drawn.has(name))
    .map((measure) => curveCard(measure));
}
