// SPDX-License-Identifier: BSL-1.0
// The WebAssembly module and the page's own functions, without a browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { bitsOf, native, root, site, tutorialFigures, matches } from './support.mjs';

const page = `${root}examples/web`;
const { makeEngine } = await import(`${page}/engine.mjs`);
const { figureText, grouped, parseNumber, shortText } = await import(`${page}/numbers.mjs`);
const { linkOf, readLink } = await import(`${page}/link.mjs`);
const { stagesOf, namesOf } = await import(`${page}/names.mjs`);
const bytes = readFileSync(`${site}/ctnn.wasm`);
const engine = await makeEngine(bytes);

const stateOf = () => ({
  key: engine.lesson.key, rate: engine.rate, parameters: Array.from(engine.parameters),
  samples: Array.from({ length: engine.lesson.samples }, (_, s) => ({ input: Array.from(engine.input(s)), target: Array.from(engine.target(s)) })),
});

test('the module has at most 64 KB and imports nothing', async () => {
  assert.ok(bytes.length <= 65536, `${bytes.length} bytes`);
  assert.deepEqual(WebAssembly.Module.imports(await WebAssembly.compile(bytes)), []);
});

for (const lesson of engine.lessons)
  test(`${lesson.key}: 10,000 rounds in uneven slices have the bits of one native fit`, () => {
    engine.choose(lesson.index);
    const expected = native(stateOf(), 10000);
    for (let left = 10000, slice = 1; left > 0; left -= slice, slice = Math.min(left, slice * 3 + 1)) {
      assert.equal(engine.look(), '');
      assert.equal(engine.teach(slice), '');
    }
    assert.equal(engine.rounds, 10000);
    assert.deepEqual(Array.from(engine.parameters, bitsOf), expected.parameters);
    assert.equal(bitsOf(engine.error()), expected.error);
    assert.deepEqual(Array.from({ length: lesson.samples }, (_, s) => engine.infer(s)).flat().map(bitsOf), expected.outputs);
    // Where the compiler trained the network too, it came to the same; and one changed bit is noticed.
    assert.equal(engine.asCompiled(), /^\d/.test(lesson.key) ? undefined : true);
    if (engine.asCompiled() !== undefined) {
      engine.parameters[0] *= 1 + 2 ** -52;
      assert.equal(engine.asCompiled(), false);
    }
  });

test('looking at a round does not take it', () => {
  engine.choose(2);
  const before = Array.from(engine.parameters);
  engine.look();
  assert.equal(engine.rounds, 0);
  assert.deepEqual(Array.from(engine.parameters), before);
  const { after } = engine.record().layers[1];
  assert.ok(matches(after[0], tutorialFigures('mazur', 'figures').get('new w5')));
});

test('the library refuses a rate and a diverging round', () => {
  engine.choose(0);
  assert.match(engine.rateRule(0), /above 0/);
  assert.match(engine.rateRule(NaN), /above 0/);
  assert.equal(engine.rateRule(0.5), '');
  engine.rate = 100;
  assert.match(engine.teach(1000), /not finite/);
  assert.ok(Array.from(engine.parameters).every(Number.isFinite));
});

test('numbers are printed to the digits asked for', () => {
  assert.equal(figureText(0.2983711087600027, 9), '0.298371109');
  assert.equal(figureText(0.2983711087600027, 'all'), '0.2983711087600027');
  assert.equal(figureText(3.510187782978859e-5, 9), '3.51018778e−5');
  assert.equal(figureText(-0.5, 9), '−0.5');
  assert.equal(figureText(0.1 + 0.2, 9), '0.3');
  assert.equal(figureText(1e-300, 4), '1e−300');
  assert.equal(figureText(100, 4), '100');
  assert.equal(figureText(NaN, 4), 'not a number');
  for (const [value, four, three] of [[-3.86838, '−3.8684', '−3.868'], [0.0159136, '0.0159', '0.016'], [0.05, '0.05', '0.05'],
    [0.009954254705217202, '0.00995', '0.01'], [0.00024, '0.00024', '0.0002'], [-3.51e-5, '−3.5e−5', '−4e−5'], [0, '0', '0']])
    assert.deepEqual([shortText(value, 4), shortText(value, 3)], [four, three]);
  assert.equal(grouped(1234567), '1,234,567');
});

test('numbers are read, or refused in a sentence', () => {
  for (const [text, value] of [['.5', 0.5], [' -1.2e-3 ', -0.0012], ['−2', -2], ['7.', 7], ['+1E2', 100]])
    assert.equal(parseNumber(text, 'w1').value, value);
  for (const text of ['', 'abc', 'NaN', 'Infinity', '1e999', '0,5', '0x10', '1 2', '--1', '5e'])
    assert.match(parseNumber(text, 'w1').error, /^w1 .*\.$/, text);
});

test('a link brings back every bit, and a damaged one is refused', () => {
  const lesson = engine.lessons[2];
  const state = { key: 'mazur', rate: 0.1 + 0.2, rounds: 12345, stage: 3, parameters: Array.from({ length: 12 }, (_, k) => Math.sin(k) * 10 ** (k * 20 - 120)),
    inputs: [5e-324, -1 / 3], targets: [1.7976931348623157e308, 0] };
  const link = linkOf(state);
  const { state: back, error } = readLink(link, engine.lessons);
  assert.equal(error, undefined);
  assert.equal(back.lesson, lesson);
  for (const part of ['parameters', 'inputs', 'targets']) assert.deepEqual(back[part].map(bitsOf), state[part].map(bitsOf));
  assert.deepEqual([back.rate, back.rounds, back.stage].map(bitsOf), [state.rate, state.rounds, state.stage].map(bitsOf));

  for (let cut = 1; cut < link.length; cut += 7) assert.match(readLink(link.slice(0, cut), engine.lessons).error ?? '', /^This link cannot be used: .*\.$/);
  for (let at = 1; at < link.length; at += 5) {
    const altered = link.slice(0, at) + (link[at] === '7' ? '8' : '7') + link.slice(at + 1);
    assert.match(readLink(altered, engine.lessons).error ?? '', /^This link/, altered);
  }
  // With a right check sum, too, only what makes sense is taken.
  for (const [change, why] of [[{ key: 'other' }, /network/], [{ parameters: [1, 2] }, /wants 12/], [{ inputs: [NaN, 1] }, /numbers/],
    [{ targets: [Infinity, 1] }, /numbers/], [{ rounds: -1 }, /rounds/], [{ stage: 0.5 }, /stage/], [{ parameters: Array(100000).fill(1) }, /wants 12/]])
    assert.match(readLink(linkOf({ ...state, ...change }), engine.lessons).error ?? '', why);
  assert.match(readLink('#%E0%A4%A', engine.lessons).error, /damaged/);
});

test('stages come in the order of the library, and names are those of the texts', () => {
  const kinds = (key) => stagesOf(engine.lessons.find((l) => l.key === key)).map(({ kind, layer }) => `${kind} ${layer}`);
  assert.deepEqual(kinds('mazur'), ['forward 0', 'forward 1', 'error 1', 'backward 1', 'backward 0', 'update -1']);
  assert.deepEqual(kinds('mazur-updated'), ['forward 0', 'forward 1', 'error 1', 'backward 1', 'update 1', 'backward 0', 'update 0']);
  const names = namesOf(engine.lessons[2]);
  assert.deepEqual([names.weight(1, 0, 1), names.neuron(0, 1), names.neuron(1, 0), names.neuron(-1, 1)], ['w6', 'h2', 'o1', 'i2']);
});
