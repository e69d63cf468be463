// SPDX-License-Identifier: BSL-1.0
// The numbers that can be changed: learning rate, samples, weights and biases. What is typed is taken over only if it is
// a number with which the library takes a round; else a sentence says why not, and everything stays as it was.
import { parseNumber } from './numbers.mjs';
import { namesOf } from './names.mjs';

const element = (name, attributes = {}, ...children) => {
  const result = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) result.setAttribute(key, value);
  result.append(...children);
  return result;
};

/** change(apply, undo) tries a change and returns why it was taken back, or ''. */
export function makeFields(engine, container, refusal, change) {
  let inputs = [];

  function refuse(input, sentence) {
    input.setAttribute('aria-invalid', 'true');
    input.setAttribute('aria-describedby', refusal.id);
    refusal.textContent = `${sentence} It stays ${input.cell.get()}.`;
  }
  function accept(input) {
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  }

  function commit(input) {
    const { what, get, put, check } = input.cell;
    const former = get();
    if (input.value === String(former)) {
      accept(input);
      return;
    }
    const { value, error } = parseNumber(input.value, what);
    if (error) return refuse(input, error);
    const rule = check?.(value) ?? '';
    if (rule !== '') return refuse(input, `${what} ${rule}; ${value} is refused.`);
    refusal.textContent = '';
    const why = change(() => put(value), () => put(former));
    if (why !== '') return refuse(input, `${what} cannot be ${value}: ${why}.`);
    accept(input);
  }

  /** get and put read and write the engine's own number. */
  function field(what, label, get, put, check) {
    const input = element('input', { inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false', 'aria-label': label });
    input.cell = { what, get, put, check };
    input.addEventListener('change', () => commit(input));
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        input.value = String(get());
        accept(input);
        refusal.textContent = '';
      }
    });
    inputs.push(input);
    return input;
  }
  const cellOf = (what, label, view, at) => field(what, label, () => view()[at], (value) => { view()[at] = value; });

  const heads = (words) => element('thead', {}, element('tr', {}, ...words.map((word) => element('th', { scope: 'col' }, word))));
  const row = (head, cells) =>
    element('tr', {}, element('th', { scope: 'row' }, head), ...cells.map((cell) => element('td', {}, cell)));
  const table = (caption, head, rows) =>
    element('div', { class: 'scroll' }, element('table', {}, element('caption', {}, caption), heads(head), element('tbody', {}, ...rows)));

  return {
    build() {
      const { lesson } = engine;
      const names = namesOf(lesson);
      inputs = [];
      refusal.textContent = '';
      const rate = field('The learning rate', 'Learning rate η', () => engine.rate, (value) => { engine.rate = value; }, engine.rateRule);
      rate.id = 'rate';
      const ins = Array.from({ length: lesson.inputs }, (_, i) => `i${i + 1}`);
      const outs = Array.from({ length: lesson.outputs }, (_, o) => `o${o + 1}`);
      const samples = Array.from({ length: lesson.samples }, (_, s) => {
        const which = lesson.samples > 1 ? ` of sample ${s + 1}` : '';
        return row(String(s + 1), [
          ...ins.map((name, i) => cellOf(`Input ${name}${which}`, `Input ${name}${which}`, () => engine.input(s), i)),
          ...outs.map((name, o) => cellOf(`The target of ${name}${which}`, `Target of ${name}${which}`, () => engine.target(s), o)),
        ]);
      });
      const layers = Array.from({ length: lesson.layers }, (_, l) => {
        const { at, weights, inputs: count, outputs } = engine.layout(l);
        const sources = Array.from({ length: count }, (_, i) => names.neuron(l - 1, i));
        const rows = Array.from({ length: outputs }, (_, o) => {
          const neuron = names.neuron(l, o);
          const cells = sources.map((source, i) => {
            const name = names.weight(l, o, i);
            return cellOf(name, `${name}, weight from ${source} to ${neuron}`, () => engine.parameters, at + o * count + i);
          });
          if (lesson.biases !== 'none') {
            const name = names.bias(l, o);
            cells.push(cellOf(name, `${name}, bias of ${neuron}`, () => engine.parameters, at + weights + o));
          }
          return row(neuron, cells);
        });
        const title = names.layer(l).replace(/^./, (c) => c.toUpperCase());
        const part = element('details', {}, element('summary', {}, `${title}: weights${lesson.biases === 'none' ? '' : ' and biases'}`),
          table(title, ['to', ...sources.map((source) => `from ${source}`), ...(lesson.biases === 'none' ? [] : [`bias${lesson.biases === 'kept' ? ' (kept)' : ''}`])], rows));
        part.open = lesson.parameters <= 21;
        return part;
      });
      container.replaceChildren(
        element('p', { class: 'field' }, element('label', { for: 'rate' }, 'Learning rate η'), rate),
        table(lesson.samples > 1 ? 'What it learns from, drawn at random' : 'What it learns from', ['sample', ...ins, ...outs.map((name) => `target ${name}`)], samples),
        ...layers);
      this.show();
    },
    /** Brings every number up to date, but not under the hands of somebody who is being told what is wrong with it. */
    show() {
      for (const input of inputs) {
        if (input.getAttribute('aria-invalid') === 'true' && document.activeElement === input) continue;
        accept(input);
        input.value = String(input.cell.get());
      }
    },
  };
}
