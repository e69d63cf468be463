// SPDX-License-Identifier: BSL-1.0
// The chain rule as the tutorials print it, with its factors filled in. Takes every number from the record of the round.
import { figureText } from './numbers.mjs';
import { namesOf } from './names.mjs';

const element = (name, className, ...children) => {
  const result = document.createElement(name);
  if (className) result.className = className;
  result.append(...children);
  return result;
};

/** A symbol with an index below it, such as net_h1. */
const symbol = (letter, index, mark = '') => {
  const result = element('span', 'symbol', element('i', '', letter));
  if (index) result.append(element('span', 'sr', ' '), element('sub', '', index));
  if (mark) result.append(element('sup', '', mark));
  return result;
};
const named = (name, mark) => symbol(name[0], name.slice(1), mark); // w5, b1, i2
const fraction = (above, below) =>
  element('span', 'fraction', element('span', '', '∂', above), element('span', 'sr', ' / '), element('span', '', '∂', below));

/** Builds what is shown of one stage. digits: how many, or 'all'. */
export function formulasOf({ lesson, record, rate, stage, targets, digits }) {
  const names = namesOf(lesson);
  const { layers } = record;

  /** A number with its name; the exact double is its value. */
  const figure = (value, name) => {
    const result = element('data', 'figure', figureText(value, digits));
    result.value = String(value);
    result.title = String(value);
    result.dataset.figure = name;
    return result;
  };
  const operand = (value, name) => (value < 0 ? ['(', figure(value, name), ')'] : [figure(value, name)]);
  const joined = (parts, separator) => parts.flatMap((part, i) => (i === 0 ? part : [separator, ...[part].flat()])).flat();
  const terms = (count, term) => joined(Array.from({ length: count }, (_, i) => [term(i)].flat()), ' + ');
  /** left = first = second = …, each on a line of its own. */
  const line = (left, ...sides) => {
    const rows = sides.filter((side) => side !== null)
      .map((side) => element('span', 'side', element('span', 'equals', '= '), ...[side].flat()));
    return element('p', 'formula', element('span', 'left', ...[left].flat()), element('span', 'sides', ...rows));
  };

  const inputName = (l, i) => (l === 0 ? named(names.neuron(-1, i)) : symbol('out', names.neuron(l - 1, i)));
  const xName = (l, i) => (l === 0 ? names.neuron(-1, i) : `out ${names.neuron(l - 1, i)}`);
  const byNet = (n) => symbol('δ', n);
  const E = (index) => symbol('E', index);

  function forward(l, o) {
    const layer = layers[l];
    const n = names.neuron(l, o);
    const inputs = lesson.sizes[l];
    const w = (i) => layer.before[o * inputs + i];
    const hasBias = lesson.biases !== 'none';
    const biasAt = inputs * lesson.sizes[l + 1] + o;
    const bias = names.bias(l, o);
    const lines = [line(symbol('net', n),
      [...terms(inputs, (i) => [named(names.weight(l, o, i)), '·', inputName(l, i)]), ...(hasBias ? [' + ', named(bias)] : [])],
      [...terms(inputs, (i) => [...operand(w(i), names.weight(l, o, i)), '·', ...operand(layer.x[i], xName(l, i))]),
        ...(hasBias ? [' + ', ...operand(layer.before[biasAt], bias)] : [])],
      figure(layer.net[o], `net ${n}`))];
    lines.push(lesson.activation === 'logistic'
      ? line(symbol('out', n),
        [element('span', 'fraction', element('span', '', '1'), element('span', 'sr', ' / '),
          element('span', '', '1 + ', element('i', '', 'e'), element('sup', '', '−', symbol('net', n)))),
        ' = logistic(', figure(layer.net[o], `net ${n}`), ')'],
        figure(layer.out[o], `out ${n}`))
      : line(symbol('out', n), symbol('net', n), figure(layer.out[o], `out ${n}`)));
    return lines;
  }

  function error() {
    const out = layers.at(-1).out;
    const lines = Array.from(out, (value, o) => {
      const n = names.neuron(lesson.layers - 1, o);
      return line(E(n), ['½(', symbol('target', n), ' − ', symbol('out', n), ')²'],
        ['½(', figure(targets[o], `target ${n}`), ' − ', ...operand(value, `out ${n}`), ')²'],
        figure(record.terms[o], `E ${n}`));
    });
    const all = (show) => terms(out.length, (o) => show(names.neuron(lesson.layers - 1, o), o));
    lines.push(line(E('total'), all((n) => E(n)), out.length > 1 ? all((n, o) => [figure(record.terms[o], `E ${n}`)]) : null,
      figure(record.total, 'E total')));
    return lines;
  }

  function backward(l, o) {
    const layer = layers[l];
    const n = names.neuron(l, o);
    const byOut = fraction(E('total'), symbol('out', n));
    const slope = () => fraction(symbol('out', n), symbol('net', n));
    const lines = [];
    if (names.isLast(l)) {
      lines.push(line(byOut, ['−(', symbol('target', n), ' − ', symbol('out', n), ') = ', symbol('out', n), ' − ', symbol('target', n)],
        [figure(layer.out[o], `out ${n}`), ' − ', ...operand(targets[o], `target ${n}`)],
        figure(layer.byOut[o], `dE/dout ${n}`)));
    } else {
      const next = layers[l + 1];
      const width = lesson.sizes[l + 1];
      const count = lesson.sizes[l + 2];
      const moved = lesson.updatedWeights;
      const last = names.isLast(l + 1);
      const m = (k) => names.neuron(l + 1, k);
      const share = (k) => `${last ? `dE_${m(k)}/dout ${n}` : `share of ${m(k)} in dE/dout ${n}`}`;
      lines.push(line(byOut,
        last ? terms(count, (k) => fraction(E(m(k)), symbol('out', n))) : null,
        terms(count, (k) => [byNet(m(k)), '·', named(names.weight(l + 1, k, o), moved ? '+' : '')]),
        terms(count, (k) => [...operand(next.delta[k], `delta ${m(k)}`), '·',
          ...operand(next.carried[k * width + o], `${moved ? 'new ' : ''}${names.weight(l + 1, k, o)}`)]),
        count > 1 ? terms(count, (k) => operand(next.shares[k * width + o], share(k))) : null,
        figure(layer.byOut[o], `dE/dout ${n}`)));
    }
    const out = () => figure(layer.out[o], `out ${n}`);
    lines.push(lesson.activation === 'logistic'
      ? line(slope(), [symbol('out', n), '·(1 − ', symbol('out', n), ')'], [out(), '·(1 − ', out(), ')'],
        figure(layer.slope[o], `dout/dnet ${n}`))
      : line(slope(), figure(layer.slope[o], `dout/dnet ${n}`)));
    lines.push(line([byNet(n), ' = ', fraction(E('total'), symbol('net', n))], [byOut.cloneNode(true), ' · ', slope()],
      [...operand(layer.byOut[o], `dE/dout ${n}`), ' · ', ...operand(layer.slope[o], `dout/dnet ${n}`)],
      figure(layer.delta[o], `delta ${n}`)));
    const inputs = lesson.sizes[l];
    for (let i = 0; i < inputs; ++i) {
      const w = names.weight(l, o, i);
      lines.push(line(fraction(E('total'), named(w)),
        [byOut.cloneNode(true), ' · ', slope(), ' · ', fraction(symbol('net', n), named(w))],
        [...operand(layer.byOut[o], `dE/dout ${n}`), ' · ', ...operand(layer.slope[o], `dout/dnet ${n}`), ' · ',
          ...operand(layer.x[i], xName(l, i))],
        figure(layer.gradient[o * inputs + i], `dE/d${w}`)));
    }
    if (lesson.biases === 'trained') {
      const b = names.bias(l, o);
      lines.push(line(fraction(E('total'), named(b)), [byNet(n), ' · ', fraction(symbol('net', n), named(b))],
        [...operand(layer.delta[o], `delta ${n}`), ' · 1'],
        figure(layer.gradient[inputs * lesson.sizes[l + 1] + o], `dE/d${b}`)));
    }
    return lines;
  }

  function update(l, o) {
    const layer = layers[l];
    const inputs = lesson.sizes[l];
    const outputs = lesson.sizes[l + 1];
    const change = (name, at) => line(named(name, '+'), [named(name), ' − η·', fraction(E('total'), named(name))],
      [figure(layer.before[at], name), ' − ', figure(rate, 'rate'), '·', ...operand(layer.gradient[at], `dE/d${name}`)],
      figure(layer.after[at], `new ${name}`));
    const lines = Array.from({ length: inputs }, (_, i) => change(names.weight(l, o, i), o * inputs + i));
    if (lesson.biases === 'trained') lines.push(change(names.bias(l, o), inputs * outputs + o));
    return lines;
  }

  /** One part a neuron, built when it is opened. */
  function neurons(l, build, open) {
    return Array.from({ length: lesson.sizes[l + 1] }, (_, o) => {
      const n = names.neuron(l, o);
      const part = element('details', 'neuron', element('summary', '', n));
      part.dataset.neuron = n;
      const fill = () => { if (part.open && part.childElementCount === 1) part.append(...build(l, o)); };
      part.addEventListener('toggle', fill);
      part.open = open(o);
      fill();
      return part;
    });
  }
  const few = (l) => (o) => o === 0 || lesson.sizes[l + 1] <= 2;
  const say = (...parts) => element('p', '', ...parts);

  if (!stage) {
    const next = lesson.samples > 1 ? ` The sample drawn for it is (${Array.from(layers[0].x, String).join(', ')}) → ${targets.join(', ')}.` : '';
    return [say(`A round has ${lesson.updatedWeights ? 'these' : 'four kinds of'} stages: forward through the layers, the error, back `,
      `through the layers with the chain rule, and the update of the weights.${next}`),
    element('p', 'dim', 'Press “Next stage” to begin, or play some rounds.')];
  }
  const l = stage.layer;
  switch (stage.kind) {
    case 'forward':
      return [say(`Forward through the ${names.layer(l)}: each neuron adds up its inputs times their weights`,
        lesson.biases === 'none' ? '' : ', and its bias',
        lesson.activation === 'logistic' ? '; the logistic function squashes the sum.' : '; its output is the sum itself.'),
      ...neurons(l, forward, few(l))];
    case 'error':
      return [say('The error: how far the outputs are from their targets.'), ...error()];
    case 'backward':
      return [say(names.isLast(l)
        ? 'Back through the output layer: by the chain rule, how much each weight contributed to the error.'
        : `Back through the ${names.layer(l)}: its part of the error arrives from the right, through ${
          lesson.updatedWeights ? 'weights that this round has already moved (⁺).' : 'the original weights.'}`),
      ...neurons(l, backward, few(l))];
    default:
      return [say('Every weight moves against its gradient, scaled by the learning rate η',
        lesson.biases === 'kept' ? '. The biases stay as they are, as in the text.' : '.'),
      ...stage.layers.flatMap((k) => [
        element('h3', '', names.layer(k).replace(/^./, (c) => c.toUpperCase())),
        ...neurons(k, update, stage.layers.length === 1 || lesson.parameters <= 12 ? few(k) : (o) => k === 0 && o === 0)])];
  }
}
