import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { socialPicture, socialTags } from '../../../../web/social/plugin';

const read = (path: string) => readFileSync(new URL(`../../../../web/${path}`, import.meta.url));

function contentsOf(path: string) {
  const tags = socialTags(read(path).toString(), path, new URL('https://example.org/x/'));
  return Object.fromEntries(
    tags.map(({ attrs = {} }) => [attrs['property'] ?? attrs['name'], attrs['content']]),
  );
}

test.each([
  ['index.html', 'https://example.org/x/'],
  ['reference.html', 'https://example.org/x/reference.html'],
])('%s tells other sites its title, what it is, its address and a picture', (path, url) => {
  const tags = contentsOf(path);
  expect(tags['og:title']).toMatch(/^synthgen/);
  expect(tags['og:description']).toMatch(/^\w.{20,}\.$/);
  expect(tags['og:url']).toBe(url);
  expect(tags['og:image']).toBe(`https://example.org/x/${socialPicture}`);
});

test('the picture has the size that the tags give, and no more than 100 kB', () => {
  const picture = read(`public/${socialPicture}`);
  expect(picture.length).toBeLessThanOrEqual(100_000);
  const tags = contentsOf('index.html');
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)].map(String)).toEqual([
    tags['og:image:width'],
    tags['og:image:height'],
  ]);
});
