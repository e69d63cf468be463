// SPDX-License-Identifier: BSL-1.0
// usage: node tests/web/screenshots.mjs [FOLDER]
// Takes the pictures of docs/web.md (into docs/web, if no folder is given) of the page that tests/web/run has built.
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { serve } from '../../scripts/lib/serve.mjs';
import { root, site } from './support.mjs';

const { chromium } = createRequire(`${root}build/web/npm/package.json`)('playwright-core');
const folder = process.argv[2] ?? `${root}docs/web`;
mkdirSync(folder, { recursive: true });
const server = await serve(site, 0);
const browser = await chromium.launch({
  executablePath: process.env.CTNN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

async function picture(name, [width, height], colorScheme, key, rounds, stages, from) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce' });
  await page.goto(server.url);
  await page.waitForSelector('html[data-ready]');
  await page.selectOption('#lesson', await page.evaluate((wanted) => document.querySelector(`#lesson option[data-key="${wanted}"]`).value, key));
  if (rounds > 0) {
    await page.click(`.play[data-rounds="${rounds}"]`);
    await page.waitForFunction(() => document.querySelector('#stop').disabled);
  }
  for (let k = 0; k < stages; ++k) await page.click('#next');
  await page.evaluate((selector) => {
    document.activeElement.blur();
    document.querySelector(selector).scrollIntoView();
  }, from);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}

await picture('mazur-light', [1440, 900], 'light', 'mazur', 0, 5, 'body');
await picture('xor-dark', [1440, 1000], 'dark', 'xor', 10000, 1, 'body');
await picture('small-light', [360, 780], 'light', 'mazur', 10000, 0, '#walk');
await picture('small-dark', [360, 780], 'dark', 'xor', 1000, 2, '#walk');
await browser.close();
await server.close();
