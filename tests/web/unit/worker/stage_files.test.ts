import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { jsonlOf, KeptSequences, stageFiles } from '../../../../web/src/worker/stage_files';

const synthgen = await createSynthgen();
const generator = synthgen.generator({ generator: 'pattern', vocab_size: 60, seq_length: 300 });
const batch = generator.generate({ count: 100 });

test('sequences in parts are those of the whole', () => {
  const kept = new KeptSequences();
  for (let first = 0; first < 100; first += 30) {
    kept.add(generator.generate({ first, count: Math.min(30, 100 - first) }));
  }
  expect(kept.areWhole).toBe(true);
  expect(kept.batch()).toEqual({ tokens: batch.tokens, offsets: batch.offsets });
});

test('JSONL in pieces is what the program writes', async () => {
  const count = 1000; // more than a piece
  const written = new TextDecoder().decode(generator.encodeJsonl({ count }));
  expect(await jsonlOf(synthgen, generator.generate({ count })).text()).toBe(written);
});

test("each of the document's stages is a file of its share of the sequences, cut", async () => {
  const files = stageFiles(synthgen, batch, 60);
  expect(files.map(({ name }) => name)).toEqual(['stage1.jsonl', 'stage2.jsonl', 'stage3.jsonl']);
  const [first, second, third] = files.map(({ sequences }) => sequences);
  expect(Math.abs(first! - 30)).toBeLessThanOrEqual(1);
  expect(Math.abs(second! - 40)).toBeLessThanOrEqual(1);
  expect(Math.abs(third! - 50)).toBeLessThanOrEqual(1);
  const longest = await Promise.all(
    files.map(async ({ blob }) => {
      const { offsets } = synthgen.loadSyntheticData(await blob.text());
      return Math.max(...offsets.slice(1).map((end, i) => end - offsets[i]!));
    }),
  );
  expect(longest).toEqual([128, 256, 300]);
});
