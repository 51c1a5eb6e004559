// Views of the site in pages of another origin: as elements and in frames.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { violations } from './support/axe.js';
import { minimalPolicy, openHost } from './support/host.js';
import { assertFits, picture, settled, shows } from './support/page.js';
import { repository, serveSite } from './support/site.js';
import { browser } from './support/visits.js';

const guide = readFileSync(join(repository, 'web/guide/embedding.md'), 'utf8');

/** The guide's blocks of HTML, for a site. */
const blocks = (site) =>
  [...guide.matchAll(/^```html\n([^]*?)^```$/gm)].map(([, text]) =>
    text.replaceAll('https://HOST/', site.url),
  );

/** What is in a script element. */
const scriptOf = (html) => /<script[^>]*>([^]*)<\/script>/.exec(html)[1];

const sizes = [280, 390, 760, 1200];

/** The site's own server, whose requests are those of one test. */
async function ownSite(context) {
  const site = await serveSite();
  context.after(() => site.close());
  return { ...site, origin: new URL(site.url).origin };
}

/** The files of the site that were asked for. */
const asked = (site) => site.requests.map((path) => path.slice(new URL(site.url).pathname.length));

const times = (list, pattern) => list.filter((name) => pattern.test(name)).length;

test('elements of another origin share a worker under the guide’s policy, follow controls, theme and width', async (context) => {
  const site = await ownSite(context);
  const [element, measured] = blocks(site);
  assert.ok(guide.includes(`\n${minimalPolicy('HOST')}\n`), 'the guide states the policy');
  const small = { generator: 'pattern', vocab_size: 50, seq_length: 40, num_train: 20 };
  const pinned = JSON.stringify({ ...small, noise_probability: 0.3 });
  const { page, complaints } = await openHost(browser, context, {
    policy: minimalPolicy(site.origin),
    body: `${element}
      <synthgen-view id="b" theme="dark" view="text,chart:local_coherence"
        config='{"generator":"random","vocab_size":50,"seq_length":32,"num_train":20}'></synthgen-view>
      ${'<br>'.repeat(250)}
      <synthgen-view id="c" view="raster,compare,charts" pinned='${pinned}'
        config='${JSON.stringify(small)}'></synthgen-view>
      <synthgen-view id="d" view="numbers,pie" controls="colour,seed"
        config='{"generator":"pattern","vocab_size":1}'><a href="#fallback">see it there</a></synthgen-view>`,
    script: `${scriptOf(measured)}
      globalThis.heard = [];
      for (const name of ['change', 'measure'])
        addEventListener(name, ({ target, detail }) => heard.push([name, target.id, detail]));`,
    viewport: { width: 1200, height: 900 },
  });
  const [first, second, third, wrong] = ['synthgen-view:not([id])', '#b', '#c', '#d'].map((name) =>
    page.locator(name),
  );

  // In sight: two views, one worker, each file once. The third waits.
  await first.getByRole('row', { name: 'average entropy' }).waitFor();
  await second.locator('.text-tokens').first().waitFor();
  await until(async () =>
    assert.match(
      (await first.getAttribute('title')) ?? '',
      /^0\.\d+ in patterns, expected 0\.\d+$/,
    ),
  );
  assert.equal(await third.locator('.view').count(), 0);
  assert.equal(page.workers().length, 1);
  assert.equal(times(asked(site), /\.wasm$/), 1, asked(site).join());
  assert.equal(times(asked(site), /worker-/), 1);

  // Controls move the data, the event and the link, which keeps them in the playground.
  const raster = first.locator('.raster canvas');
  const before = await picture(raster);
  await first.getByLabel('Noise', { exact: true }).fill('0.25');
  await until(async () => assert.notEqual(await picture(raster), before));
  const changed = await page.evaluate(() => heard.findLast(([name]) => name === 'change'));
  assert.equal(changed[2].config.noise_probability, 0.25);
  const open = first.getByRole('link', { name: 'Open in playground' }).last();
  const link = await open.getAttribute('href');
  assert.equal(link, `${site.url}#${changed[2].link}`);
  assert.equal(
    await page.evaluate(() => document.querySelector('synthgen-view').current.link),
    changed[2].link,
  );
  await until(() =>
    page.evaluate(() =>
      heard.some(
        ([name, , detail]) => name === 'measure' && detail.config.noise_probability === 0.25,
      ),
    ),
  );

  // Theme: by the attribute, by the page, and by its properties.
  const surface = (view) =>
    view
      .locator('.card')
      .first()
      .evaluate((card) => getComputedStyle(card).backgroundColor);
  const [light, dark] = ['rgb(255, 255, 255)', 'rgb(22, 27, 36)'];
  assert.deepEqual([await surface(first), await surface(second)], [light, dark]);
  const day = await picture(raster);
  await page.evaluate(() => (document.documentElement.style.colorScheme = 'dark'));
  await until(async () => assert.equal(await surface(first), dark));
  await until(async () => assert.notEqual(await picture(raster), day));
  await page.evaluate(() =>
    document.querySelector('synthgen-view').style.setProperty('--card', 'rgb(1, 2, 3)'),
  );
  assert.equal(await surface(first), 'rgb(1, 2, 3)');
  await page.evaluate(() => document.querySelector('synthgen-view').style.removeProperty('--card'));

  // Out of sight until the reader gets there; compared, with all charts.
  await third.scrollIntoViewIfNeeded();
  await third.getByText(/tokens of B \(.*\) differ from A/).waitFor();
  await third.locator('.chart-card svg').nth(5).waitFor();
  assert.equal(await third.locator('figure').count(), 2);
  await wrong.scrollIntoViewIfNeeded();
  await wrong.getByText(/vocab_size: got 1; allowed/).waitFor();
  await wrong.getByText('view: got "pie"').waitFor();
  await wrong.getByText('controls: colour is not a parameter').waitFor();
  assert.equal(page.workers().length, 1);
  assert.equal(times(asked(site), /\.wasm$/), 1);

  // Fields only where the host asks for them; the comparison has a choice of its own.
  const fields = 'form, select, textarea, input:not([type=radio])';
  assert.ok((await first.locator(fields).count()) > 0);
  for (const view of [second, third]) {
    assert.equal(await view.locator(fields).count(), 0);
    assert.equal(await view.getByRole('group', { name: 'Parameters' }).count(), 0);
  }

  // New settings of an element replace its data.
  await second.scrollIntoViewIfNeeded();
  await second.evaluate((view) => view.setAttribute('view', 'numbers'));
  await second.getByRole('row', { name: 'average entropy' }).waitFor();
  await second.locator('.text-tokens').first().waitFor({ state: 'detached' });

  for (const width of sizes) {
    await page.setViewportSize({ width, height: 900 });
    await assertFits(page, width);
    for (const view of [first, second, third]) {
      const overflow = await view.evaluate((host) => {
        const right = host.getBoundingClientRect().right;
        return [...host.shadowRoot.querySelectorAll('.card, canvas, table')]
          .filter(
            (part) =>
              part.checkVisibility() && part.closest('.numbers-table, .chart-table') === null,
          )
          .filter((part) => part.getBoundingClientRect().right > right + 1)
          .map(({ className }) => className);
      });
      assert.deepEqual(overflow, [], `${width} pixels`);
    }
  }
  assert.deepEqual(await violations(page), []);
  assert.deepEqual(complaints, []);

  const playground = await page.context().newPage();
  await playground.goto(link);
  await settled(playground);
  await shows(playground, 'Noise', '0.25');
});

test('frames on a page of another origin load each module once, follow their height, and start in sight', async (context) => {
  const site = await ownSite(context);
  const [, , frame, follower] = blocks(site);
  const custom = `${site.url}embed.html#generator=custom&code=${Buffer.from('throw 1').toString('base64url')}`;
  const { page, complaints } = await openHost(browser, context, {
    policy: `frame-src ${site.origin}`,
    body: `${frame}
      <iframe src="${site.url}embed.html#generator=hmm&num_train=20&seq_length=32&view=text&theme=dark" title="text"></iframe>
      ${'<br>'.repeat(250)}
      <iframe src="${custom}" title="code"></iframe>`,
    script: `${scriptOf(follower)}
      for (const one of document.querySelectorAll('iframe')) one.style.width = '100%';`,
    viewport: { width: 900, height: 800 },
  });
  const [first, second, third] = [0, 1, 2].map((i) => page.locator('iframe').nth(i).contentFrame());
  await first.getByRole('row', { name: 'average entropy' }).waitFor();
  await first.locator('.overview, .ruler-top').first().waitFor();
  await second.locator('.text-tokens').first().waitFor();
  assert.equal(await third.locator('.view').count(), 0, 'a frame out of sight has not started');
  // The one of the first frame, and that of the second, whose family is a research task.
  assert.equal(times(asked(site), /live-.*\.wasm$/), 1, asked(site).join());
  assert.equal(times(asked(site), /tasks-.*\.wasm$/), 1, asked(site).join());
  assert.equal(times(asked(site), /\.wasm$/), 2, asked(site).join());
  assert.equal(times(asked(site), /worker-/), 1);

  // As high as their content, which follows the width.
  for (const width of [900, ...sizes]) {
    await page.setViewportSize({ width, height: 800 });
    for (const [i, one] of [first, second].entries()) {
      // Browsers draw no frame of another site that is out of sight.
      await page.locator('iframe').nth(i).scrollIntoViewIfNeeded();
      await until(async () => {
        const { inside, outside, overflow } = await one.locator(':root').evaluate((root) => ({
          inside: Math.ceil(root.getBoundingClientRect().height),
          outside: innerHeight,
          overflow: root.scrollWidth - innerWidth,
        }));
        assert.equal(outside, inside, `${width} pixels wide`);
        assert.ok(overflow <= 0, `${overflow} pixels too wide at ${width}`);
        assert.ok(inside > 200);
      });
    }
  }
  const background = (one) =>
    one
      .locator('.card')
      .first()
      .evaluate((card) => getComputedStyle(card).backgroundColor);
  assert.equal(await background(first), 'rgb(255, 255, 255)');
  assert.equal(await background(second), 'rgb(22, 27, 36)');

  await first.getByLabel('Noise', { exact: true }).fill('0.125');
  const open = first.getByRole('link', { name: 'Open in playground' }).first();
  await until(async () =>
    assert.match(await open.getAttribute('href'), /[#&]noise_probability=0\.125/),
  );

  await page.locator('iframe').nth(2).scrollIntoViewIfNeeded();
  await third.getByText(/It does not run in an embedded view/).waitFor();
  for (const one of page.frames().slice(1)) assert.deepEqual(await violations(one), [], one.url());
  assert.deepEqual(complaints, []);
});

test('the first view costs what the guide says: the module, and at most 39 kB around it', async (context) => {
  const site = await ownSite(context);
  const { page } = await openHost(browser, context, {
    policy: minimalPolicy(site.origin),
    body: `<script type="module" src="${site.url}view.js"></script>
      <synthgen-view config='{"generator":"pattern","num_train":20}'></synthgen-view>`,
  });
  await page.getByRole('row', { name: 'average entropy' }).waitFor();
  await page.locator('.raster canvas').waitFor();
  const files = [...new Set(asked(site))].filter((name) => !/overview|frame|verdicts/.test(name));
  const weights = files.map((name) => {
    const file = join(repository, 'build/site', name);
    return { name, bytes: execFileSync('gzip', ['-9nc', file]).length };
  });
  const list = weights.map(({ name, bytes }) => `${bytes} ${name}`).join('\n');
  const sum = (pattern) =>
    weights.filter(({ name }) => pattern.test(name)).reduce((total, { bytes }) => total + bytes, 0);
  const [all, around] = [sum(/./), sum(/\.(js|css|html)$/)];
  assert.ok(around <= 39_000, `${around} bytes beside the module:\n${list}`);
  const [, kilobytes, requests, module] =
    /The first one loads (\d+) kB, compressed, in (\d+) requests: (\d+) kB/.exec(
      guide.replaceAll('\n', ' '),
    );
  assert.ok(all <= Number(kilobytes) * 1000, `${all} bytes:\n${list}`);
  assert.ok(all - around <= Number(module) * 1000, list);
  assert.equal(files.length, Number(requests), list);
});

for (const [missing, take] of Object.entries({
  "'wasm-unsafe-eval'": (policy) => policy.replace("'wasm-unsafe-eval'", ''),
  'worker-src': (policy) => policy.replace('worker-src blob:', "worker-src 'none'"),
  'connect-src': (policy) => policy.replace(/connect-src [^;]*/, "connect-src 'none'"),
})) {
  test(`under a policy without ${missing} a message and the fallback take the place of the view`, async (context) => {
    const site = await ownSite(context);
    const { page } = await openHost(browser, context, {
      policy: take(minimalPolicy(site.origin)),
      body: blocks(site)[0],
    });
    const alert = page.getByRole('alert');
    await alert.getByText('This view could not start').waitFor();
    assert.notEqual(await alert.locator('code').textContent(), '');
    assert.ok(await page.getByRole('link', { name: 'Open in playground' }).isVisible());
    assert.deepEqual(await violations(page), []);
  });
}

test('every property that the guide names changes the looks of a view', async (context) => {
  const site = await ownSite(context);
  const [, table] = /^\| property \| .*\n.*\n((?:\|.*\n)+)/m.exec(guide);
  const names = [...table.matchAll(/`(--[a-z-]+)`/g)].map(([, name]) => name);
  assert.ok(names.length > 15, names.join());
  // Few tokens for each id, which gives advice.
  const config = { generator: 'pattern', vocab_size: 100, seq_length: 32, num_train: 20 };
  const { page } = await openHost(browser, context, {
    policy: minimalPolicy(site.origin),
    body: `<script type="module" src="${site.url}view.js"></script>
      <synthgen-view view="raster,numbers,compare,charts" controls="vocab_size"
        pinned='${JSON.stringify({ ...config, noise_probability: 0.3 })}'
        config='${JSON.stringify(config)}'></synthgen-view>`,
  });
  const view = page.locator('synthgen-view');
  await view.getByText(/tokens of B \(.*\) differ from A/).waitFor();
  await view.getByRole('list', { name: 'Advice' }).waitFor();
  for (const part of ['.expected line', '.pinned'])
    await view.locator(`.chart-card svg ${part}`).first().waitFor({ state: 'attached' });
  await view.getByLabel('Vocabulary size', { exact: true }).fill('1');
  await view.getByText(/^got 1; allowed/).waitFor();
  const untaken = await view.evaluate((host, properties) => {
    const ofColours = ['color', 'background-color', 'border-top-color', 'border-left-color'];
    const ofDrawings = ['fill', 'stroke'];
    const ofSizes = ['border-top-left-radius', 'padding-top', 'row-gap', 'font-size', 'min-height'];
    const looks = [...ofColours, ...ofDrawings, ...ofSizes, 'font-family'];
    const parts = [...host.shadowRoot.querySelectorAll('*')];
    return properties.filter((name) => {
      const usual = getComputedStyle(host).getPropertyValue(name);
      // None of them is the look of anything by chance.
      const length = /px$/.test(usual) ? '23.5px' : undefined;
      const value = length ?? (/serif|monospace/.test(usual) ? 'Probe' : 'rgb(1, 2, 3)');
      host.style.setProperty(name, value);
      const isTaken = parts.some((part) => {
        const style = getComputedStyle(part);
        return looks.some((look) => style.getPropertyValue(look) === value);
      });
      host.style.removeProperty(name);
      return !isTaken;
    });
  }, names);
  assert.deepEqual(untaken, []);
});

test('every chart that the guide names is one', async (context) => {
  const site = await ownSite(context);
  const names = [...guide.matchAll(/`chart:([a-z_]+)`/g)].map(([, name]) => name);
  assert.ok(names.length > 5);
  const { page } = await openHost(browser, context, {
    policy: minimalPolicy(site.origin),
    body: `<script type="module" src="${site.url}view.js"></script>
      ${names
        .map(
          (name) => `<synthgen-view id="${name}" view="chart:${name}"
            config='{"generator":"pattern","vocab_size":50,"num_train":50}'></synthgen-view>`,
        )
        .join('')}`,
  });
  for (const name of names) {
    const view = page.locator(`#${name}`);
    await view.scrollIntoViewIfNeeded();
    await view.locator('.chart-card svg').waitFor();
    assert.equal(await view.locator('.chart-card').count(), 1, name);
  }
});
