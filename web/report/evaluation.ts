import type { Measure } from 'synthgen';

import { formatMeasure } from '../src/model/format';
import type { Reading } from '../src/model/reading';

/** A mean and the interval that holds it with a probability of 95 %, if there is one. */
export interface MeanInterval {
  mean: number;
  low: number | null;
  high: number | null;
}

/** What `synthgen eval` says of a model. */
export interface Evaluation {
  files: string[];
  split: string;
  sequences: number;
  model: string;
  unit: 'nats' | 'bits';
  target: 'tokens' | 'labels';
  targets: number;
  loss: number | null;
  floor: number | null;
  excess: MeanInterval | null;
  kl_divergence?: MeanInterval | null;
  total_variation?: MeanInterval | null;
  below_floor: boolean;
  by_kind: { kind: string; targets: number; loss: number; floor: number; excess: MeanInterval }[];
  by_position: { position: number[]; loss: number[]; floor: number[]; excess: number[] } & {
    kl_divergence?: number[];
    total_variation?: number[];
  };
}

/** A row of a table: its head and its cells. */
export interface Row {
  head: string;
  cells: string[];
}

function numberText(value: number | null): string {
  return value === null ? '–' : formatMeasure(value);
}

function interval({ low, high }: MeanInterval): string {
  return low === null || high === null ? '–' : `${formatMeasure(low)} to ${formatMeasure(high)}`;
}

/** Means over all targets: value and interval. */
export function meanRows(evaluation: Evaluation): Row[] {
  const { unit, loss, floor, excess, kl_divergence, total_variation } = evaluation;
  const row = (head: string, mean?: MeanInterval | null) =>
    mean ? [{ head, cells: [numberText(mean.mean), interval(mean)] }] : [];
  return [
    { head: `loss in ${unit}`, cells: [numberText(loss), ''] },
    { head: `floor in ${unit}`, cells: [numberText(floor), ''] },
    ...row(`excess in ${unit}`, excess),
    ...row(`KL divergence in ${unit}`, kl_divergence),
    ...row('total variation', total_variation),
  ];
}

/** By kind of token: loss, floor, excess and its interval. */
export function kindRows({ by_kind }: Evaluation): Row[] {
  return by_kind.map(({ kind, loss, floor, excess }) => ({
    head: kind,
    cells: [...[loss, floor, excess.mean].map(numberText), interval(excess)],
  }));
}

/** A curve over positions as the core would describe it. */
function curve(name: string, lines: string[], title: string, unit: string, formula: string) {
  const across = 'token of the sequence, from 1';
  return {
    ...{ name, unit, formula, group: name, in_default: false, in_page: 'of_files' },
    ...{ range: '', source: 'synthgen', kind: 'curve', expected: 'never', needs_latents: false },
    ...{ chart: 'curve', curve: { places: 'token', lines, title, across, up: unit || 'share' } },
    ...{ section: 'quality', listed: 'if_measured', per_sequence: '' },
  } as Measure;
}

/** The evaluation as a reading whose charts are curves over positions. */
export function curvesOf(evaluation: Evaluation): Reading {
  const { unit, by_position: by } = evaluation;
  const token = by.position.map((position) => position + 1);
  const report: Record<string, unknown> = {
    loss: { token, loss: by.loss, floor: by.floor },
    excess: { token, excess: by.excess },
  };
  const measures = [
    curve('excess', ['excess'], 'Excess at each token', unit, 'loss − floor'),
    curve('loss', ['loss', 'floor'], 'Loss and floor at each token', unit, '−log q and −log P'),
  ];
  if (by.kl_divergence) {
    report['divergence'] = { token, divergence: by.kl_divergence };
    const formula = 'sum over ids of P (log P − log q)';
    measures.push(
      curve('divergence', ['divergence'], 'KL divergence at each token', unit, formula),
    );
  }
  if (by.total_variation) {
    report['variation'] = { token, variation: by.total_variation };
    const formula = 'half the sum over ids of |P − q|';
    measures.push(curve('variation', ['variation'], 'Total variation at each token', '', formula));
  }
  return {
    report: report as unknown as Reading['report'],
    isComplete: true,
    series: new Map(),
    truth: [],
    expectedLags: undefined,
    config: undefined,
    shares: [],
    comparisons: [],
    validation: undefined,
    measures,
  };
}
