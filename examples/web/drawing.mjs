// SPDX-License-Identifier: BSL-1.0
// The network as a picture: values on neurons, weights on edges.
import { shortText } from './numbers.mjs';
import { namesOf } from './names.mjs';

const svg = (name, attributes = {}, text) => {
  const result = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) result.setAttribute(key, value);
  if (text !== undefined) result.textContent = text;
  return result;
};
const set = (node, key, value) => { if (node.getAttribute(key) !== value) node.setAttribute(key, value); };
const say = (node, text) => { if (node.textContent !== text) node.textContent = text; };

/** Keeps a picture in a container up to date. onSelect(layer, neuron) is told what is clicked. */
export function makeDrawing(container, onSelect) {
  let lesson = null;
  let width = 0;
  let parts = null;

  function build() {
    const names = namesOf(lesson);
    const columns = lesson.sizes.length;
    const most = Math.max(...lesson.sizes);
    const narrow = width < 560;
    const labelled = lesson.sizes.slice(1).every((outputs, l) => outputs * lesson.sizes[l] <= 10);
    const gap = most <= 2 ? (narrow ? 148 : 164) : most <= 5 ? (narrow ? 78 : 84) : 62;
    const roomy = most <= 2;
    const radius = Math.min(narrow ? 22 : 30, (gap - 14) / 2, (width / columns) * 0.32);
    const font = Math.max(9.5, Math.min(13, radius * 0.46));
    const below = roomy ? 50 : 18;
    const height = gap * (most - 1) + 2 * radius + 24 + below;
    const left = radius + 8;
    const x = (c) => (columns === 1 ? width / 2 : left + (c * (width - 2 * left)) / (columns - 1));
    const y = (c, n) => {
      const count = lesson.sizes[c];
      // So that the weights into neighbouring neurons, written at 7/10 of their edges, stand apart evenly.
      const step = count === 2 && most > 2 ? gap * 1.17 : gap;
      return 12 + radius + (gap * (most - 1)) / 2 + (n - (count - 1) / 2) * step;
    };

    const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', class: 'network' });
    const title = svg('title');
    picture.append(title);
    const edges = [];
    const labels = [];
    const neurons = [];
    const edgeLayer = svg('g');
    const labelLayer = svg('g');
    const neuronLayer = svg('g');
    for (let l = 0; l < lesson.layers; ++l) {
      const inputs = lesson.sizes[l];
      const outputs = lesson.sizes[l + 1];
      edges.push([]);
      labels.push([]);
      for (let o = 0; o < outputs; ++o)
        for (let i = 0; i < inputs; ++i) {
          const [x1, y1, x2, y2] = [x(l), y(l, i), x(l + 1), y(l + 1, o)];
          const length = Math.hypot(x2 - x1, y2 - y1);
          const [cos, sin] = [((x2 - x1) / length) * (radius + 1), ((y2 - y1) / length) * (radius + 1)];
          const edge = svg('line', { x1: x1 + cos, y1: y1 + sin, x2: x2 - cos, y2: y2 - sin });
          const hint = svg('title');
          edge.append(hint);
          edgeLayer.append(edge);
          edges[l].push({ edge, hint });
          if (labelled) {
            const at = outputs > inputs ? 0.7 : 0.3;
            const [cx, cy] = [x1 + cos + (x2 - x1 - 2 * cos) * at, y1 + sin + (y2 - y1 - 2 * sin) * at];
            const ground = svg('rect', { y: cy - 8, height: 16, rx: 4, class: 'weight-ground' });
            const label = svg('text', { x: cx, y: cy + 4, class: 'weight', 'font-size': narrow ? 10 : 12 });
            labelLayer.append(ground, label);
            labels[l].push({ label, ground, cx });
          }
        }
    }
    lesson.sizes.forEach((count, c) => {
      neurons.push([]);
      for (let n = 0; n < count; ++n) {
        const group = svg('g', { class: `neuron ${c === 0 ? 'input' : ''}`, transform: `translate(${x(c)} ${y(c, n)})` });
        const hint = svg('title');
        const circle = svg('circle', { r: radius });
        const name = svg('text', { y: -radius * 0.22, class: 'name', 'font-size': font }, names.neuron(c - 1, n));
        const value = svg('text', { y: radius * 0.42, class: 'value', 'font-size': font });
        const notes = [0, 1, 2].map((k) => svg('text', { y: radius + 15 + 15 * k, class: 'note', 'font-size': narrow ? 10 : 12 }));
        group.append(hint, circle, name, value, ...notes);
        if (c > 0) group.addEventListener('click', () => onSelect(c - 1, n));
        neuronLayer.append(group);
        neurons[c].push({ group, hint, value, notes });
      }
    });
    picture.append(edgeLayer, labelLayer, neuronLayer);
    container.replaceChildren(picture);
    parts = { names, edges, labels, neurons, title, narrow, roomy, fits: gap - 2 * radius >= 16, widest: labelled ? 5.2 : narrow ? 2.2 : 3.2, digits: narrow ? 3 : 4 };
  }

  /** view: {lesson, record, parameters, targets, progress}; progress says which stages of the round are done. */
  return function draw(view) {
    const space = Math.floor(container.clientWidth);
    if (view.lesson !== lesson || space !== width) {
      lesson = view.lesson;
      width = Math.max(280, space);
      build();
      width = space;
    }
    const { names, edges, labels, neurons, title, narrow, roomy, fits, widest, digits } = parts;
    const { record, progress, targets } = view;
    const short = (value) => shortText(value, digits);

    let largest = 1;
    for (const { before } of record.layers) for (const value of before) largest = Math.max(largest, Math.abs(value));
    record.layers.forEach((layer, l) => {
      const moved = progress.updated.has(l);
      edges[l].forEach(({ edge, hint }, k) => {
        const i = k % lesson.sizes[l];
        const o = Math.floor(k / lesson.sizes[l]);
        const value = moved ? layer.after[k] : layer.before[k];
        const name = names.weight(l, o, i);
        set(edge, 'stroke-width', (0.8 + (widest * Math.abs(value)) / largest).toFixed(2));
        set(edge, 'class', `edge ${value < 0 ? 'minus' : 'plus'} ${progress.edges(l)}`);
        say(hint, `${name} from ${names.neuron(l - 1, i)} to ${names.neuron(l, o)}: ${value}`);
        if (labels[l][k]) {
          const { label, ground, cx } = labels[l][k];
          const text = narrow ? short(value) : `${name} ${short(value)}`;
          const room = text.length * (narrow ? 6 : 7.4) + 4;
          say(label, text);
          set(label, 'class', `weight ${value < 0 ? 'minus' : 'plus'} ${progress.edges(l)}`);
          set(ground, 'x', (cx - room / 2).toFixed(1));
          set(ground, 'width', room.toFixed(1));
        }
      });
    });
    neurons.forEach((column, c) => column.forEach(({ group, hint, value, notes }, n) => {
      const layer = record.layers[c - 1];
      const name = names.neuron(c - 1, n);
      if (c === 0) {
        say(value, short(record.layers[0].x[n]));
        say(hint, `input ${name}: ${record.layers[0].x[n]}`);
        return;
      }
      const known = progress.forward.has(c - 1);
      const hasDelta = progress.backward.has(c - 1);
      const bias = lesson.biases === 'none' ? null
        : (progress.updated.has(c - 1) && lesson.biases === 'trained' ? layer.after : layer.before)[lesson.sizes[c - 1] * lesson.sizes[c] + n];
      say(value, known ? short(layer.out[n]) : '·');
      set(group, 'class', `neuron ${progress.neurons(c - 1)}`);
      const lines = [];
      if (roomy && bias !== null) lines.push(`${names.bias(c - 1, n)} ${short(bias)}`);
      if (roomy && names.isLast(c - 1)) lines.push(`target ${short(targets[n])}`);
      if (hasDelta && fits) lines.push(`δ ${short(layer.delta[n])}`);
      notes.forEach((note, k) => {
        say(note, lines[k] ?? '');
        set(note, 'class', `note ${lines[k]?.startsWith('δ') ? 'delta' : ''}`);
      });
      say(hint, `${name}${known ? `: net ${layer.net[n]}, out ${layer.out[n]}` : ''}${hasDelta ? `, δ ${layer.delta[n]}` : ''}${
        bias === null ? '' : `, bias ${bias}`}`);
    }));
    const out = Array.from(record.layers.at(-1).out, (value, o) => `${names.neuron(lesson.layers - 1, o)} ${short(value)}`);
    say(title, `Network ${lesson.sizes.join('-')} with its weights; outputs ${out.join(', ')}`);
  };
}
