// SPDX-License-Identifier: BSL-1.0
// The page in a real browser: Debian's Chromium, driven by playwright-core, on a page that is served.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { serve } from '../../scripts/lib/serve.mjs';
import { bitsOf, matches, native, root, site, tutorialFigures } from './support.mjs';

// Installed beside the build, from the package-lock.json here.
const require = createRequire(`${root}build/web/npm/package.json`);
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core');

let server;
let browser;

before(async () => {
  server = await serve(site, 0);
  browser = await chromium.launch({
    executablePath: process.env.CTNN_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens the page, lets `act` use it, and wants nothing in the console. */
async function onPage(act, { width = 1440, scheme = 'light', motion = 'reduce', hash = '' } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: motion });
  const complaints = [];
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  // The tests' own looking into a canvas is warned of, and is theirs to do.
  const ours = /getImageData/;
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !ours.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.stack));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('request', (request) => { if (!request.url().startsWith(server.url)) complaints.push(`asked elsewhere: ${request.url()}`); });
  try {
    await page.goto(server.url + hash);
    await page.waitForSelector('html[data-ready]', { timeout: 15000 });
    await act(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

const choose = (page, key) =>
  page.evaluate((wanted) => document.querySelector(`#lesson option[data-key="${wanted}"]`).value, key).then((value) => page.selectOption('#lesson', value));
const idle = (page) => page.waitForFunction(() => document.querySelector('#stop').disabled);
async function play(page, rounds) {
  await page.click(`.play[data-rounds="${rounds}"]`);
  await idle(page);
}
const text = (page, id) => page.textContent(id);

/** The figures that are shown somewhere: name, the exact double, the text. Opens what is closed first. */
const figures = (page, where) => page.evaluate(async (selector) => {
  for (const part of document.querySelectorAll(`${selector} details`)) part.open = true;
  await new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done));
  return Array.from(document.querySelectorAll(`${selector} data`), (data) =>
    ({ name: data.dataset.figure, value: Number(data.value), text: data.textContent.replaceAll('−', '-') }));
}, where);

/** Steps through a round and compares every figure that any stage shows. Wants to see all of `expected`. */
async function walk(page, expected, given) {
  const seen = new Set();
  let shown = 0;
  for (let stage = 1; ; ++stage) {
    await page.click('#next');
    const now = await figures(page, '#formulas');
    assert.ok(now.length > 0, `stage ${stage} shows no figure`);
    for (const { name, value, text: words } of now) {
      const figure = expected.get(name) ?? given.get(name);
      assert.notEqual(figure, undefined, `stage ${stage} shows ${name} = ${words}, which the tutorial does not have`);
      assert.ok(matches(value, figure), `${name} is ${value}, in the tutorial ${figure}`);
      // What is printed is the tutorial's figure to nine decimals, or as many digits for very small numbers.
      const printed = Math.abs(figure) >= 1e-4 ? figure.toFixed(9) : figure.toPrecision(9);
      assert.equal(Number(words), Number(printed), `${name} is shown as ${words}`);
      seen.add(name);
      ++shown;
    }
    if (await text(page, '#next') === 'Next round') break;
    assert.ok(stage < 20);
  }
  for (const name of expected.keys()) assert.ok(seen.has(name), `${name} was never shown`);
  return shown;
}

const mazurGiven = new Map(Object.entries({
  i1: 0.05, i2: 0.1, w1: 0.15, w2: 0.2, w3: 0.25, w4: 0.3, w5: 0.4, w6: 0.45, w7: 0.5, w8: 0.55,
  b1: 0.35, b2: 0.35, b3: 0.6, b4: 0.6, 'target o1': 0.01, 'target o2': 0.99, rate: 0.5,
  // The products of figures that the tutorial has, which it does not print for h2.
  'dE_o1/dout h2': 0.13849856162855698 * 0.45, 'dE_o2/dout h2': -0.03809823651655623 * 0.55,
}));
const withoutOtherWays = (found) => new Map(Array.from(found).filter(([name]) => !/, by /.test(name)));

test('Mazur: every figure of every stage is the tutorial\'s', () => onPage(async (page) => {
  const expected = withoutOtherWays(tutorialFigures('mazur', 'figures'));
  assert.equal(expected.size, 41);
  const shown = await walk(page, expected, mazurGiven);
  console.log(`${shown} figures compared`);
}));

for (const [key, values] of [['hmkcode', [0.11, 0.21, 0.12, 0.08, 0.14, 0.15]], ['assignment', [0.19, 0.41, 0.23, 0.14, 0.32, 0.78]]])
  test(`${key}: the figures of the first two rounds are the text's`, () => onPage(async (page) => {
    await choose(page, key);
    const found = tutorialFigures(key, 'figures');
    const rename = (name) => ({ h1: 'out h1', h2: 'out h2', prediction: 'out o1', error: 'E total', delta: 'delta o1' })[name] ?? name;
    const compare = async (names) => {
      const all = new Map((await figures(page, '#formulas')).map(({ name, value }) => [name, value]));
      for (const name of names) {
        const shown = all.get(rename(name.replace('second ', '')));
        if (shown !== undefined) assert.ok(matches(shown, found.get(name)), `${name} is ${shown}, in the text ${found.get(name)}`);
        if (shown !== undefined) seen.add(name);
      }
    };
    const seen = new Set();
    const first = [...found.keys()].filter((name) => !/second|, by |printed/.test(name));
    const second = [...found.keys()].filter((name) => /^second/.test(name));
    for (let stage = 0; stage < 6; ++stage) {
      await page.click('#next');
      await compare(first);
      if (stage === 0)
        for (const { name, value } of await figures(page, '#formulas'))
          if (/^w\d$/.test(name)) assert.equal(value, values[Number(name[1]) - 1]);
    }
    for (let stage = 0; stage < 2; ++stage) {
      await page.click('#next');
      await compare(second);
    }
    assert.deepEqual([...seen].sort(), [...first, ...second].sort());
  }));

for (const [key, functionName] of [['mazur', 'figures_of_original_weights'], ['mazur-updated', 'figures_of_updated_weights'], ['mazur-biases', 'figures_of_trained_biases']])
  test(`${key}: the figures after 1 and 10,000 rounds, and the bits of a native run`, () => onPage(async (page) => {
    await choose(page, key);
    const found = tutorialFigures('mazur', functionName);
    const now = async () => new Map((await figures(page, '#now')).map((figure) => [figure.name, figure]));
    const is = ({ value, text: words }, name) => {
      const figure = found.get(name);
      assert.ok(matches(value, figure), `${name} is ${value}, in the tutorial ${figure}`);
      assert.equal(Number(words), Number(Math.abs(figure) >= 1e-4 ? figure.toFixed(9) : figure.toPrecision(9)), name);
    };
    await play(page, 1);
    is((await now()).get('now E'), 'E after 1 round');
    await page.click('#reset');
    await play(page, 10000);
    assert.match(await text(page, '#round'), /^10,000 rounds/);
    const last = await now();
    is(last.get('now E'), 'E after 10,000');
    is(last.get('now out 1 o1'), 'out o1 after 10,000');
    is(last.get('now out 1 o2'), 'out o2 after 10,000');

    const start = { key, rate: 0.5, parameters: [0.15, 0.2, 0.25, 0.3, 0.35, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.6], samples: [{ input: [0.05, 0.1], target: [0.01, 0.99] }] };
    const expected = native(start, 10000);
    assert.equal(bitsOf(last.get('now E').value), expected.error);
    assert.deepEqual(['now out 1 o1', 'now out 1 o2'].map((name) => bitsOf(last.get(name).value)), expected.outputs);
    const shown = await page.evaluate(() => Array.from(document.querySelectorAll('#fields details input'), ({ value }) => Number(value)));
    // The fields go neuron by neuron, weights and bias; the library layer by layer, weights first.
    const order = [0, 1, 4, 2, 3, 5, 6, 7, 10, 8, 9, 11];
    assert.deepEqual(shown.map(bitsOf), order.map((at) => expected.parameters[at]));
    assert.match(await text(page, '#same-bits'), /^To the last bit/);

    await page.selectOption('#digits', 'all');
    assert.equal((await now()).get('now E').text, String(last.get('now E').value));
  }));

test('XOR: 10,000 draws are learned with native bits, and the heat map shows it', () => onPage(async (page) => {
  await choose(page, 'xor');
  const corner = () => page.evaluate(() => {
    const canvas = document.querySelector('#surface');
    const at = (x, y) => Array.from(canvas.getContext('2d').getImageData(x, y, 1, 1).data.slice(0, 3));
    return { sameInputs: at(20, 268), otherInputs: at(20, 20) };
  });
  const parameters = await page.evaluate(() => /;p=([^;]*)/.exec(location.hash)[1].split(',').map(Number));
  const samples = [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]].map(([a, b, t]) => ({ input: [a, b], target: [t] }));
  const expected = native({ key: 'xor', rate: 0.5, parameters, samples }, 10000);
  const before = await corner();
  await play(page, 10000);
  const { sameInputs, otherInputs } = await corner();
  assert.notDeepEqual(before, { sameInputs, otherInputs });
  assert.ok(sameInputs[0] > sameInputs[2] + 60 && otherInputs[2] > otherInputs[0] + 60, `${sameInputs} ${otherInputs}`);
  const now = await figures(page, '#now');
  assert.deepEqual(now.filter(({ name }) => name.startsWith('now out')).map(({ value }) => bitsOf(value)), expected.outputs);
  assert.equal(bitsOf(now.find(({ name }) => name === 'now E').value), expected.error);
  assert.match(await text(page, '#same-bits'), /^To the last bit/);
  assert.match(await page.getAttribute('#surface', 'aria-label'), /\(0, 1\) gives 0\.9/);
  await choose(page, 'mazur');
  assert.ok(await page.isHidden('#surface-card'));
}));

test('10,000 rounds of the largest network leave the page responsive, and can be stopped', () => onPage(async (page) => {
  await choose(page, '8-8-8-8-8');
  await page.evaluate(() => {
    window.gaps = [];
    let last = performance.now();
    const tick = () => {
      const now = performance.now();
      window.gaps.push(now - last);
      last = now;
      window.ticking = requestAnimationFrame(tick);
    };
    tick();
  });
  await page.click('.play[data-rounds="10000"]');
  await page.waitForFunction(() => /^[\d,]+ rounds taken …/.test(document.querySelector('#round').textContent));
  assert.ok(await page.isEnabled('#stop'));
  await page.keyboard.press('Escape');
  await idle(page);
  const rounds = Number((await text(page, '#round')).replace(/ .*/, '').replaceAll(',', ''));
  assert.ok(rounds > 0 && rounds < 10000, `${rounds}`);
  await play(page, 10000);
  assert.match(await text(page, '#round'), new RegExp(`^${(rounds + 10000).toLocaleString('en')} rounds`));
  const gaps = (await page.evaluate(() => (cancelAnimationFrame(window.ticking), window.gaps))).sort((a, b) => a - b);
  const [median, worst] = [gaps[gaps.length >> 1], gaps.at(-1)];
  console.log(`frames: ${gaps.length}, median ${median.toFixed(0)} ms, longest ${worst.toFixed(0)} ms`);
  // Generous, for machines that do other things too; a run in one piece takes no frame at all.
  assert.ok(gaps.length >= 20 && median < 150 && worst < 1500);
}, { motion: 'no-preference' }));

test('every number can be changed, and counts', () => onPage(async (page) => {
  const field = (label) => page.locator(`#fields input[aria-label="${label}"]`);
  const hash = () => page.evaluate(() => location.hash);
  await page.click('#next');
  for (const [label, value, part] of [['Learning rate η', '0.25', 'rate=0.25'], ['w1, weight from i1 to h1', '-1.5', 'p=-1.5,'],
    ['b1, bias of h1', '1e-3', ',0.001,'], ['Input i2', '.75', 'x=0.05,0.75'], ['Target of o2', '0', 't=0.01,0;']]) {
    await field(label).fill(value);
    await field(label).press('Enter');
    assert.equal(await text(page, '#edit-refusal'), '');
    assert.ok((await hash()).includes(part), `${label}: ${await hash()}`);
  }
  // net h1 = -1.5 * 0.05 + 0.2 * 0.75 + 0.001
  await page.click('#next');
  const net = (await figures(page, '#formulas')).find(({ name }) => name === 'net h1');
  assert.ok(Math.abs(net.value - 0.076) < 1e-15);
  await page.click('#reset');
  assert.equal(await field('w1, weight from i1 to h1').inputValue(), '0.15');
  assert.equal(await field('Learning rate η').inputValue(), '0.5');

  await choose(page, '8-8-8-8-8');
  const first = await hash();
  await page.click('#draw');
  const second = await hash();
  await page.click('#draw');
  assert.equal(new Set([first, second, await hash()]).size, 3);
  await page.click('#reset');
  assert.equal(await hash(), first);
}));

test('bad values are refused with a sentence and lose nothing', () => onPage(async (page) => {
  await choose(page, 'hmkcode');
  await play(page, 10);
  await page.click('#next');
  await page.click('#next');
  const state = () => page.evaluate(() => [location.hash, document.querySelector('#round').textContent, document.querySelector('[aria-current]').textContent]);
  const before = await state();
  const field = (label) => page.locator(`#fields input[aria-label="${label}"]`);
  const sentences = new Set();
  for (const [label, value] of [['w1, weight from i1 to h1', 'abc'], ['w1, weight from i1 to h1', 'NaN'], ['w1, weight from i1 to h1', ''],
    ['w1, weight from i1 to h1', '1e999'], ['w2, weight from i2 to h1', '1e300'], ['Input i1', '0,5'], ['Target of o1', '-Infinity'],
    ['Learning rate η', '0'], ['Learning rate η', '-0.5'], ['Learning rate η', 'nan'], ['Learning rate η', '1e308'], ['Learning rate η', 'x'.repeat(100000)]]) {
    await field(label).fill(value);
    await field(label).press('Enter');
    const sentence = await text(page, '#edit-refusal');
    assert.match(sentence, /^(w1|w2|Input i1|The target of o1|The learning rate) .*\. It stays [-\d.]+\.$/, `${label} ${value.slice(0, 9)}: ${sentence}`);
    assert.ok(sentence.length < 250);
    sentences.add(sentence);
    assert.equal(await field(label).getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await state(), before, value.slice(0, 9));
    await field(label).press('Escape');
    assert.equal(await text(page, '#edit-refusal'), '');
    assert.equal(await field(label).getAttribute('aria-invalid'), null);
  }
  assert.ok(sentences.size >= 10);
  for (const [sizes, why] of [['2-900-1', /1 to 8 neurons/], ['0-1', /1 to 8 neurons/], ['2-2-2-2-2-2', /up to 4 layers/], ['2-3-3-1', /not compiled/],
    ['many', /whole numbers/], ['', /whole numbers/], ['2-'.repeat(5000), /whole numbers/], ['2-1e9', /whole numbers/]]) {
    await page.fill('#shape', sizes);
    await page.press('#shape', 'Enter');
    assert.match(await text(page, '#shape-refusal'), why, sizes);
    assert.deepEqual(await state(), before, sizes);
  }
  // A network that runs away is stopped by the library, with the last good numbers.
  await field('Learning rate η').fill('10');
  await field('Learning rate η').press('Enter');
  await play(page, 10000);
  assert.match(await text(page, '#refusal'), /^The library refuses the next round: .*not finite/);
  assert.ok(await page.isDisabled('#next'));
  await field('Learning rate η').fill('0.05');
  await page.click('#reset');
  assert.equal(await text(page, '#refusal'), '');
  assert.ok(await page.isEnabled('#next'));
}));

test('a link brings the state back, and a damaged one is refused', async () => {
  let link;
  let shown;
  const look = async (page) => [await text(page, '#round'), await page.evaluate(() => document.querySelector('[aria-current]')?.textContent), await page.inputValue('#lesson'),
    await page.evaluate(() => Array.from(document.querySelectorAll('#fields input'), ({ value }) => value)), await figures(page, '#now')];
  await onPage(async (page) => {
    await choose(page, '2-4-4-1');
    await play(page, 1000);
    await page.click('#fields details summary');
    await page.fill('#fields input[aria-label^="w3,"]', '0.1234567890123456789');
    await page.press('#fields input[aria-label^="w3,"]', 'Enter');
    for (let k = 0; k < 5; ++k) await page.click('#next');
    link = await page.inputValue('#link');
    assert.equal(link, page.url());
    shown = await look(page);
  });
  const hash = link.slice(link.indexOf('#'));
  await onPage(async (page) => {
    assert.deepEqual(await look(page), shown);
    // And the future is the same.
    await play(page, 10);
    const after = await figures(page, '#now');
    await page.evaluate((wanted) => { location.hash = wanted; }, hash);
    await page.waitForFunction((round) => document.querySelector('#round').textContent === round, shown[0]);
    await play(page, 10);
    assert.deepEqual(await figures(page, '#now'), after);

    const kept = await look(page);
    const address = page.url();
    await page.evaluate((wanted) => { location.hash = wanted; }, hash.slice(0, -30));
    await page.waitForFunction(() => document.querySelector('#refusal').textContent !== '');
    assert.match(await text(page, '#refusal'), /^This link cannot be used: .* Nothing was changed\.$/);
    assert.equal(page.url(), address);
    assert.deepEqual(await look(page), kept);
  }, { hash });
  for (const bad of ['#nonsense', hash.replace('0.5', '0.6'), '#%E0%A4%A', `${hash}7`])
    await onPage(async (page) => {
      assert.match(await text(page, '#refusal'), /^This link cannot be used: .*Mazur's example instead\.$/);
      assert.match(await text(page, '#round'), /no round taken yet/);
    }, { hash: bad });
});

test('the keyboard alone is enough, and focus is seen', () => onPage(async (page) => {
  const focused = () => page.evaluate(() => {
    const { id, className, dataset, tagName } = document.activeElement;
    return id || dataset.rounds || className || tagName;
  });
  const reach = async (wanted) => {
    for (let k = 0; k < 80; ++k) {
      await page.keyboard.press('Tab');
      if (await focused() === wanted) {
        const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth);
        assert.match(outline, /^(solid|auto)[1-9]/, wanted);
        return;
      }
    }
    assert.fail(`Tab does not reach ${wanted}`);
  };
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'skip');
  await reach('theme');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'light');
  await reach('lesson');
  await page.keyboard.press('ArrowUp');
  assert.match(await page.evaluate(() => location.hash), /net=assignment/);
  await page.keyboard.press('ArrowDown');
  await reach('next');
  await page.keyboard.press('Space');
  assert.match(await text(page, '[aria-current]'), /^Forward h/);
  await page.keyboard.press('n');
  assert.match(await text(page, '[aria-current]'), /^Forward o/);
  await page.keyboard.press('b');
  await page.keyboard.press('f');
  assert.match(await text(page, '#round'), /^1 round taken/);
  await reach('1000');
  await page.keyboard.press('Enter');
  await idle(page);
  assert.match(await text(page, '#round'), /^1,001 rounds/);
  await reach('rate');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('0.125');
  await page.keyboard.press('Enter');
  assert.match(await page.evaluate(() => location.hash), /rate=0\.125/);
}));

test('themes, by system and by choice, and remembered', () => onPage(async (page) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.click('#theme');
  const light = await ground();
  assert.notEqual(light, dark);
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.equal(await ground(), light);
  await page.click('#theme');
  assert.equal(await ground(), dark);
}, { scheme: 'dark' }));

test('nothing reaches past the sides of a small screen', () => onPage(async (page) => {
  const keys = await page.evaluate(() => Array.from(document.querySelectorAll('#lesson option'), (option) => option.dataset.key));
  assert.equal(keys.length, 16);
  for (const key of keys) {
    await choose(page, key);
    for (let stage = 0; ; ++stage) {
      const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= room, `${key}, stage ${stage}: ${wide} pixels`);
      if (await text(page, '#next') === 'Next round') break;
      await page.click('#next');
    }
  }
}, { width: 360 }));

for (const width of [360, 1440])
  for (const scheme of ['light', 'dark'])
    test(`axe-core finds nothing serious at ${width} pixels, ${scheme}`, () => onPage(async (page) => {
      // Tools get their script past the page's own policy by way of the debugger.
      const check = async (what) => {
        const { violations, passes } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        assert.deepEqual(serious.map(({ id, nodes }) => `${what}: ${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')}`), []);
        assert.ok(passes.length > 10);
        for (const { id, impact } of violations) console.log(`${what}: ${id} (${impact})`);
      };
      const { readFileSync } = await import('node:fs');
      await page.evaluate(readFileSync(axe, 'utf8'));
      await check('begin');
      for (let stage = 0; stage < 5; ++stage) await page.click('#next');
      await check('backward');
      await choose(page, 'xor');
      await play(page, 10000);
      await page.click('#next');
      await page.fill('#shape', '2-900-1');
      await page.press('#shape', 'Enter');
      await check('XOR, with a refusal');
    }, { width, scheme }));

test('a browser that cannot load the module says so', async () => {
  const page = await browser.newPage();
  await page.route('**/ctnn.wasm', (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(server.url);
  await page.waitForSelector('#fatal:not([hidden])');
  assert.match(await text(page, '#fatal'), /could not be loaded/);
  await page.close();
});

test('the server gives only the files of the page', async () => {
  for (const path of ['../native.cpp', '%2e%2e/npm/package.json', 'nothing.html', '..%2fnpm%2fpackage.json', '%', '//etc/passwd'])
    assert.equal((await fetch(server.url + path)).status, 404, path);
  assert.equal((await fetch(server.url, { method: 'POST' })).status, 405);
  assert.equal((await fetch(`${server.url}ctnn.wasm`)).headers.get('content-type'), 'application/wasm');
});
