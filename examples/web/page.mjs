// SPDX-License-Identifier: BSL-1.0
// Puts the page together: what is pressed and typed goes to the engine, what the engine says is shown.
import { loadEngine } from './engine.mjs';
import { figureText, grouped } from './numbers.mjs';
import { namesOf, stagesOf } from './names.mjs';
import { formulasOf } from './formulas.mjs';
import { makeDrawing } from './drawing.mjs';
import { drawCurve, drawSurface } from './charts.mjs';
import { linkOf, readLink } from './link.mjs';
import { makeFields } from './fields.mjs';
import { setUpTheme } from './themes.mjs';

const $ = (id) => document.getElementById(id);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

let engine;
let stages = [];
let stage = -1;      // index of the stage that is shown; -1 before a round
let refused = '';    // why the library would not take the next round
let seed = 1;
let untouched = true; // as the lesson begins, or trained from there
let history = [];
let playing = null;
let ownLink = '';
let fields;
let drawing;

const digits = () => ($('digits').value === 'all' ? 'all' : Number($('digits').value));

// --- what is shown ---------------------------------------------------------------------------------------------------

function progress() {
  const done = stages.slice(0, stage + 1);
  const of = (kind) => new Set(done.filter((s) => s.kind === kind).map((s) => s.layer));
  const now = stages[stage];
  const resting = stage < 0;
  return {
    forward: resting ? new Set(stages.filter((s) => s.kind === 'forward').map((s) => s.layer)) : of('forward'),
    backward: of('backward'),
    updated: new Set(done.filter((s) => s.kind === 'update').flatMap((s) => s.layers)),
    edges(l) {
      if (!now) return '';
      if (now.kind === 'forward') return l === now.layer ? 'active onward' : 'faint';
      if (now.kind === 'backward') return l === now.layer ? 'active' : l === now.layer + 1 ? 'active backward' : 'faint';
      if (now.kind === 'update') return now.layers.includes(l) ? 'active' : 'faint';
      return 'faint';
    },
    neurons(l) {
      if (!now) return '';
      return now.layer === l || (now.kind === 'update' && now.layers.includes(l)) ? 'active' : '';
    },
  };
}

const currentSample = () => engine.nextSample();

function showDrawing(record = engine.record()) {
  drawing({ lesson: engine.lesson, record, targets: engine.target(currentSample()), progress: progress() });
}

function showRound() {
  $('round').setAttribute('aria-live', 'polite');
  const { samples } = engine.lesson;
  const parts = [engine.rounds === 0 ? 'no round taken yet' : `${grouped(engine.rounds)} round${engine.rounds === 1 ? '' : 's'} taken`];
  if (samples > 1) parts.push(`next: sample ${currentSample() + 1} of ${samples}`);
  $('round').textContent = parts.join(' · ');
}

function showStages() {
  const names = namesOf(engine.lesson);
  $('stages').replaceChildren(...stages.map((s, k) => {
    const item = document.createElement('li');
    const words = { forward: 'Forward', error: 'Error', backward: 'Back', update: 'Update' };
    const where = s.kind === 'error' || (s.kind === 'update' && s.layer < 0) ? ''
      : names.isLast(s.layer) ? 'o' : engine.lesson.layers === 2 ? 'h' : `h${s.layer + 1}`;
    item.textContent = `${words[s.kind]}${where ? ` ${where}` : ''}`;
    item.className = k < stage ? 'done' : '';
    if (k === stage) item.setAttribute('aria-current', 'step');
    return item;
  }));
  const busy = playing !== null;
  $('next').textContent = stage + 1 < stages.length ? 'Next stage' : 'Next round';
  $('next').disabled = $('finish').disabled = busy || refused !== '';
  $('back').disabled = busy || stage < 0;
  for (const button of document.querySelectorAll('.play')) button.disabled = busy || refused !== '';
  $('stop').disabled = !busy;
}

function showFormulas() {
  $('formulas').replaceChildren(...formulasOf({
    lesson: engine.lesson, record: engine.record(), rate: engine.rate, stage: stages[stage],
    targets: Array.from(engine.target(currentSample())), digits: digits(),
  }));
  $('formulas').scrollTop = 0;
}

function showRefusal() {
  $('refusal').textContent = refused === '' ? '' : `The library refuses the next round: ${refused}.`;
}

function showNow() {
  const { lesson } = engine;
  const names = namesOf(lesson);
  const cell = (name, ...content) => {
    const result = document.createElement(name);
    result.append(...content);
    return result;
  };
  const figure = (value, name) => {
    const result = cell('data', figureText(value, digits()));
    result.value = result.title = String(value);
    result.className = 'figure';
    result.dataset.figure = name;
    return result;
  };
  const rows = [];
  for (let s = 0; s < lesson.samples; ++s) {
    const out = engine.infer(s);
    const targets = engine.target(s);
    const inputs = Array.from(engine.input(s), (x) => figureText(x, 4)).join(', ');
    out.forEach((value, o) => {
      const row = cell('tr', cell('th', lesson.samples > 1 ? `(${inputs}) ` : '', names.neuron(lesson.layers - 1, o)),
        cell('td', figure(targets[o], `now target ${s + 1} o${o + 1}`)), cell('td', figure(value, `now out ${s + 1} o${o + 1}`)));
      row.firstChild.scope = 'row';
      rows.push(row);
    });
  }
  const head = cell('tr', ...['output', 'target', 'now'].map((text) => {
    const th = cell('th', text);
    th.scope = 'col';
    return th;
  }));
  const foot = cell('tr', cell('th', lesson.samples > 1 ? 'mean error' : 'error'), cell('td'), cell('td', figure(engine.error(), 'now E')));
  foot.firstChild.scope = 'row';
  $('now').replaceChildren(cell('caption', `After ${grouped(engine.rounds)} round${engine.rounds === 1 ? '' : 's'}`),
    cell('thead', head), cell('tbody', ...rows), cell('tfoot', foot));
}

function showSameBits() {
  const same = engine.asCompiled();
  const words = $('same-bits');
  words.className = 'same-bits';
  words.textContent = '';
  if (same) {
    words.textContent = 'To the last bit what Clang computed for 10,000 rounds while it compiled this module.';
    words.classList.add('yes');
  } else if (same === false && untouched && engine.rounds === 10000) {
    words.textContent = 'These are not the bits that Clang computed for 10,000 rounds. Please report this.';
    words.classList.add('no');
  }
}

function showSurface() {
  const shown = engine.hasSurface();
  $('surface-card').hidden = !shown;
  if (!shown) return;
  const samples = Array.from({ length: engine.lesson.samples }, (_, s) =>
    ({ input: Array.from(engine.input(s)), target: engine.target(s)[0] }));
  const all = samples.flatMap(({ input }) => input);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = most > least ? (most - least) * 0.2 : 1;
  const [low, high] = [least - room, most + room];
  drawSurface($('surface'), engine.surface(low, high), low, high, samples);
  const answers = samples.map(({ input }, s) => `(${input.map((x) => figureText(x, 4)).join(', ')}) gives ${figureText(engine.infer(s)[0], 4)}`);
  $('surface').setAttribute('aria-label', `Heat map of the output; ${answers.join('; ')}`);
  $('surface-words').textContent = `i1 to the right, i2 upwards, both from ${figureText(low, 2)} to ${figureText(high, 2)}. ` +
    'Orange is 0, blue is 1; the dots are the samples in the colours of their targets.';
}

function showCurve() {
  if (history.length > 0) drawCurve($('curve'), history);
}

function stateOf() {
  const { lesson } = engine;
  const all = (of) => Array.from({ length: lesson.samples }, (_, s) => Array.from(of(s))).flat();
  return { key: lesson.key, rate: engine.rate, rounds: engine.rounds, stage: stage + 1, parameters: engine.parameters,
    inputs: all(engine.input), targets: all(engine.target) };
}

function showLink() {
  ownLink = linkOf(stateOf());
  try {
    globalThis.history.replaceState(null, '', ownLink);
  } catch { /* some browsers allow only so many changes in a while */ }
  $('link').value = new URL(ownLink, location.href).href;
  $('copied').textContent = '';
}

/** After anything that is not the next stage of the same round. */
function showAll() {
  showRound();
  showDrawing();
  showStages();
  showFormulas();
  showRefusal();
  // These ask the engine about the network as it is, which may overwrite its record with an equal one.
  showNow();
  showSameBits();
  showSurface();
  showCurve();
  fields.show();
  showLink();
}

function showStage() {
  showDrawing();
  showStages();
  showFormulas();
  showLink();
}

// --- what can be done ------------------------------------------------------------------------------------------------

/** Adds the present error to the curve; thins the older part when there is too much. */
function remember() {
  const error = engine.error();
  if (Number.isFinite(error)) history.push({ round: engine.rounds, error });
  if (history.length > 1200) history = history.filter((_, k) => k % 2 === 0 || k > history.length - 100);
}

/** Looks at the next round from its beginning. */
function begin() {
  stage = -1;
  refused = engine.look();
}

function restart(index) {
  stop();
  engine.choose(index);
  stages = stagesOf(engine.lesson);
  seed = 1;
  untouched = true;
  history = [];
  begin();
  remember();
  $('lesson').value = String(index);
  $('shape').value = engine.lesson.sizes.join('-');
  $('draw').hidden = engine.lesson.index < 5;
  fields.build();
}

/** Takes the round that has been looked at. */
function take(rounds) {
  const why = engine.teach(rounds);
  begin();
  if (why !== '') refused = why;
  return why === '';
}

function next() {
  if (refused !== '' || playing) return;
  if (stage + 1 < stages.length) {
    ++stage;
    return showStage();
  }
  take(1);
  remember();
  stage = refused === '' ? 0 : -1;
  showAll();
}

function back() {
  if (stage < 0 || playing) return;
  --stage;
  showStage();
}

function finish() {
  if (refused !== '' || playing) return;
  take(1);
  remember();
  showAll();
}

function stop() {
  if (!playing) return;
  cancelAnimationFrame(playing.frame);
  playing = null;
}

/** Plays rounds in slices, each shorter than a frame, so that the page goes on answering. */
function play(rounds) {
  if (playing || refused !== '') return;
  // A thousand rounds take milliseconds. Where motion is welcome they are spread over a second or two, to be watched.
  const seconds = calm.matches ? 0 : rounds >= 10000 ? 2.5 : rounds >= 1000 ? 1.5 : rounds > 1 ? 0.7 : 0;
  const chunk = Math.max(1, Math.ceil(rounds / 200));
  const start = performance.now();
  const run = { left: rounds, frame: 0 };
  playing = run;
  stage = -1;
  showStages();
  showFormulas();
  const slice = () => {
    const due = seconds === 0 ? rounds : Math.min(rounds, Math.ceil((rounds * (performance.now() - start)) / (1000 * seconds)));
    const until = performance.now() + 8;
    let good = true;
    while (good && run.left > 0 && rounds - run.left < due && performance.now() < until) {
      const count = Math.min(chunk, run.left);
      good = take(count);
      run.left -= count;
      remember();
    }
    if (!good || run.left === 0) {
      playing = null;
      return showAll();
    }
    if (!calm.matches) {
      engine.look();
      showDrawing();
      showSurface();
      showCurve();
    }
    // Nobody wants to hear every frame.
    $('round').setAttribute('aria-live', 'off');
    $('round').textContent = `${grouped(engine.rounds)} rounds taken …`;
    run.frame = requestAnimationFrame(slice);
  };
  run.frame = requestAnimationFrame(slice);
}

/** The user changed numbers: tries them, and takes them back if the library refuses. Returns the sentence. */
function change(apply, undo) {
  stop();
  const wasRefused = refused !== '';
  const shown = stage;
  apply();
  begin();
  if (refused !== '' && !wasRefused) {
    const why = refused;
    undo();
    refused = engine.look();
    stage = shown;
    return why;
  }
  untouched = false;
  history = history.filter(({ round }) => round < engine.rounds);
  remember();
  showAll();
  return '';
}

function restore({ lesson, parameters, inputs, targets, rate, rounds, stage: shown }) {
  const rule = engine.rateRule(rate);
  if (rule !== '') return `This link cannot be used: its learning rate ${rule}.`;
  restart(lesson.index);
  engine.parameters.set(parameters);
  for (let s = 0; s < lesson.samples; ++s) {
    engine.input(s).set(inputs.slice(s * lesson.inputs, (s + 1) * lesson.inputs));
    engine.target(s).set(targets.slice(s * lesson.outputs, (s + 1) * lesson.outputs));
  }
  engine.rate = rate;
  engine.rounds = rounds;
  untouched = false;
  begin();
  stage = refused === '' ? Math.min(shown, stages.length) - 1 : -1;
  history = [];
  remember();
  return '';
}

/** Takes the address bar's state, if it holds one. Returns whether it did, or there was none. */
function follow() {
  if (location.hash === ownLink || location.hash.length < 2) return true;
  const { state, error } = readLink(location.hash, engine.lessons);
  const why = error ?? restore(state);
  showAll();
  $('refusal').textContent = why === '' ? $('refusal').textContent : `${why} Nothing was changed.`;
  return why === '';
}

function showShape(text) {
  const word = text.trim();
  const own = engine.lessons.map(({ sizes }) => sizes.join('-'));
  const sizes = word.split(/\s*[-–−x×,]\s*|\s+/);
  const shown = word.length > 24 ? `${word.slice(0, 24)}…` : word;
  let why = '';
  if (sizes.length < 2 || !sizes.every((size) => /^\d+$/.test(size)))
    why = `Layer sizes are whole numbers such as 2-4-4-1, inputs first; “${shown}” is not.`;
  else if (sizes.some((size) => Number(size) < 1 || Number(size) > 8))
    why = `Layers on this page have 1 to 8 neurons; “${shown}” has others.`;
  else if (sizes.length > 5)
    why = `Networks on this page have up to 4 layers after the inputs; “${shown}” has ${sizes.length - 1}.`;
  const wanted = sizes.map(Number).join('-');
  // Of the same sizes, the one further down: the tutorials have names of their own.
  const index = own.lastIndexOf(wanted);
  if (why === '' && index < 0)
    why = `${wanted} is not compiled into this page: a network's shape is a type. There are ${[...new Set(own)].join(', ')}.`;
  $('shape-refusal').textContent = why;
  $('shape').setAttribute('aria-invalid', String(why !== ''));
  if (why !== '') return;
  if (own[engine.lesson.index] !== wanted) restart(index);
  showAll();
}

// --- the page --------------------------------------------------------------------------------------------------------

function setUpChoices() {
  const group = (label, lessons, title) => {
    const result = document.createElement('optgroup');
    result.label = label;
    result.append(...lessons.map((lesson) => {
      const option = new Option(title(lesson), String(lesson.index));
      option.dataset.key = lesson.key;
      return option;
    }));
    return result;
  };
  const own = engine.lessons.filter(({ key }) => /^\d/.test(key));
  $('lesson').append(
    group('Tutorials', engine.lessons.filter((lesson) => !own.includes(lesson)), ({ title }) => title),
    group('Further layer sizes, logistic, biases trained', own, ({ key, title }) => `${key}: ${title}`));
  $('shapes').append(...own.map(({ key }) => new Option(key)));
  $('lesson').addEventListener('change', () => {
    $('shape-refusal').textContent = '';
    restart(Number($('lesson').value));
    showAll();
  });
  $('shape-form').addEventListener('submit', (event) => {
    event.preventDefault();
    showShape($('shape').value);
  });
  $('digits').addEventListener('change', () => {
    showFormulas();
    showNow();
  });
}

function setUpControls() {
  $('next').addEventListener('click', next);
  $('back').addEventListener('click', back);
  $('finish').addEventListener('click', finish);
  $('stop').addEventListener('click', () => { stop(); begin(); showAll(); });
  $('reset').addEventListener('click', () => { restart(engine.lesson.index); showAll(); });
  $('draw').addEventListener('click', () => {
    const index = engine.lesson.index;
    const now = seed + 1;
    restart(index);
    seed = now;
    engine.drawParameters(seed);
    untouched = false;
    history = [];
    begin();
    remember();
    showAll();
  });
  for (const button of document.querySelectorAll('.play'))
    button.addEventListener('click', () => play(Number(button.dataset.rounds)));
  $('copy').addEventListener('click', async () => {
    $('link').select();
    try {
      await navigator.clipboard.writeText($('link').value);
      $('copied').textContent = 'Copied.';
    } catch {
      $('copied').textContent = 'The browser does not let the page copy; the link is selected.';
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && playing) return $('stop').click();
    if (event.target.closest('input, select, textarea')) return;
    const button = { n: 'next', b: 'back', f: 'finish' }[event.key];
    if (button) $(button).click();
  });
  window.addEventListener('hashchange', () => { if (!follow()) showLink(); });
  new ResizeObserver(() => { showDrawing(); showCurve(); }).observe($('drawing'));
}

async function main() {
  setUpTheme($('theme'), $('theme-name'));
  try {
    engine = await loadEngine('ctnn.wasm');
  } catch (error) {
    $('fatal').textContent = `The library's WebAssembly module could not be loaded (${error.message}). scripts/web builds and serves it.`;
    $('fatal').hidden = false;
    $('main').hidden = true;
    return;
  }
  drawing = makeDrawing($('drawing'), (l, n) => {
    const name = namesOf(engine.lesson).neuron(l, n);
    const part = document.querySelector(`details[data-neuron="${name}"]`);
    if (!part) return;
    part.open = true;
    part.querySelector('summary').focus();
  });
  fields = makeFields(engine, $('fields'), $('edit-refusal'), change);
  setUpChoices();
  restart(engine.lessons.find(({ key }) => key === 'mazur').index);
  const wanted = location.hash;
  if (wanted.length > 1) {
    const { state, error } = readLink(wanted, engine.lessons);
    const why = error ?? restore(state);
    showAll();
    if (why !== '') $('refusal').textContent = `${why} The page begins with Mazur's example instead.`;
  } else {
    showAll();
  }
  setUpControls();
  document.documentElement.dataset.ready = 'yes';
}

main();
