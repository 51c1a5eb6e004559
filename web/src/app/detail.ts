import type { Preview } from '../model/preview';
import type { Reading } from '../model/reading';
import type { Detail, DetailRequest } from '../worker/messages';

/** The reading with its details; without them if they could not be computed. */
export function withDetail(reading: Reading, detail: Detail | undefined): Reading {
  if (!detail) return { ...reading, isComplete: true };
  const report = { ...reading.report, ...detail.report };
  const { expectedLags, validation } = detail;
  return { ...reading, report, expectedLags, validation, isComplete: true };
}

/** What a worker needs of a preview to compute its details. */
export function detailRequest(preview: Preview): DetailRequest {
  const { config, split, limits, tokens, offsets, padding } = preview;
  return { config, split, limits, tokens, offsets, padding };
}
