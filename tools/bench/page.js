/**
 * `npm run bench:page`: the built playground's time from a key press to the frame that shows its
 * effect, charts included, and Lighthouse's scores if it is installed
 * (`npm install --no-save lighthouse@12.8.2`). Times have no limit, because a busy machine is slow.
 */
import { cpus, loadavg } from 'node:os';
import process from 'node:process';

import { launch } from '../../tests/web/support/browser.js';
import { serveSite } from '../../tests/web/support/site.js';

const samples = 120;
const warmUp = 20;
const hash = '#generator=pattern&vocab_size=1000&seq_length=256';
const debuggingPort = 9333;

/** Times by the page's clock, from each key press until the frame with its data is painted. */
async function measure(page) {
  await page.evaluate(() => {
    const main = document.querySelector('main');
    let start;
    globalThis.benchTimes = [];
    document.addEventListener('keydown', ({ timeStamp }) => (start = timeStamp), true);
    const painted = new MessageChannel();
    painted.port1.onmessage = () => {
      globalThis.benchTimes.push(performance.now() - start);
      start = undefined;
    };
    new MutationObserver(() => {
      if (main.getAttribute('aria-busy') !== 'false' || start === undefined) return;
      requestAnimationFrame(() => painted.port2.postMessage(null));
    }).observe(main, { attributeFilter: ['aria-busy'] });
  });
  const slider = page.getByRole('slider', { name: 'Pattern probability, slider' });
  await slider.focus();
  for (let i = 0; i < warmUp + samples; i += 1) {
    await page.keyboard.press(i % 20 < 10 ? 'ArrowRight' : 'ArrowLeft');
    await page.waitForFunction((count) => globalThis.benchTimes.length >= count, i + 1);
    // Pauses between keys, as a visitor makes, include the slower measures.
    if (i % 10 === 9) await page.waitForTimeout(300);
  }
  return page.evaluate((skipped) => globalThis.benchTimes.slice(skipped), warmUp);
}

/** Processor time of the page's main thread so far, independent of the machine's load. */
async function mainThreadMs(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
}

/** The value that `share` of the times do not exceed. */
function quantile(times, share) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

async function lighthouse(url) {
  const { default: run } = await import('lighthouse').catch(() => ({}));
  if (run === undefined) return 'Lighthouse is not installed';
  const { lhr } = await run(url, { port: debuggingPort, logLevel: 'error', output: 'json' });
  return Object.values(lhr.categories)
    .map(({ title, score }) => `${title} ${score}`)
    .join(', ');
}

const site = await serveSite();
const browser = await launch([`--remote-debugging-port=${debuggingPort}`]);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(site.url + hash);
  await page.locator('main[aria-busy=false]').waitFor();
  const size = await page.getByRole('heading', { name: /sequences × / }).textContent();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await mainThreadMs(session);
  const times = await measure(page);
  const busyMs = (await mainThreadMs(session)) - before;
  await page.close();
  const [cpu] = cpus();
  console.log(
    `${cpus().length} × ${cpu.model}, load ${loadavg()[0].toFixed(1)}, Chromium ${browser.version()}`,
  );
  console.log(
    `${size}, from a key press to the painted preview and charts, ${times.length} times:`,
  );
  for (const [name, share] of [
    ['median', 0.5],
    ['95th percentile', 0.95],
    ['longest', 1],
  ]) {
    console.log(`  ${name} ${quantile(times, share).toFixed(1)} ms`);
  }
  console.log(
    `  main thread ${(busyMs / (warmUp + samples)).toFixed(1)} ms of processor time per key`,
  );
  console.log(await lighthouse(site.url));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await browser.close();
  await site.close();
}
