// SPDX-License-Identifier: BSL-1.0
// The error over the rounds, on a logarithmic scale, and the output over the square of inputs.
import { figureText, grouped } from './numbers.mjs';

const svg = (name, attributes, text) => {
  const result = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) result.setAttribute(key, value);
  if (text !== undefined) result.textContent = text;
  return result;
};

/** A round number of about that size: 1, 2 or 5 times a power of ten. */
function roundStep(rough) {
  const unit = 10 ** Math.floor(Math.log10(rough));
  return unit * (rough >= 5 * unit ? 5 : rough >= 2 * unit ? 2 : 1);
}

/** history: [{round, error}, …] in order. */
export function drawCurve(container, history) {
  const width = Math.max(280, Math.floor(container.clientWidth));
  const height = 240;
  const frame = { left: 58, right: width - 14, top: 12, bottom: height - 40 };
  // A logarithmic scale has no 0; errors that small are drawn at its lower end.
  const least = 1e-18;
  const points = history.map(({ round, error }) => [round, Math.max(error, least)]);
  const [firstRound, lastRound] = [points[0][0], Math.max(points.at(-1)[0], points[0][0] + 10)];
  const logs = points.map(([, error]) => Math.log10(error));
  let low = Math.floor(Math.min(...logs) - 1e-9);
  const high = Math.max(Math.ceil(Math.max(...logs) + 1e-9), low + 1);
  low = Math.min(low, high - 1);
  const x = (round) => frame.left + ((frame.right - frame.left) * (round - firstRound)) / (lastRound - firstRound);
  const y = (log) => frame.bottom - ((frame.bottom - frame.top) * (log - low)) / (high - low);

  const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', class: 'curve' });
  const last = history.at(-1);
  picture.append(svg('title', {}, `Error on a logarithmic scale: ${figureText(history[0].error, 4)} at round ${
    grouped(history[0].round)}, ${figureText(last.error, 4)} at round ${grouped(last.round)}`));
  const every = Math.max(1, Math.ceil((high - low) / 6));
  for (let decade = high; decade >= low; decade -= every) {
    picture.append(svg('line', { x1: frame.left, x2: frame.right, y1: y(decade), y2: y(decade), class: 'grid' }));
    const label = svg('text', { x: frame.left - 8, y: y(decade) + 4, class: 'tick', 'text-anchor': 'end' });
    const power = svg('tspan', { dy: -5, 'font-size': 9 }, String(decade).replace('-', '−'));
    label.append('10', power);
    picture.append(label);
  }
  const step = Math.max(1, roundStep((lastRound - firstRound) / (width < 480 ? 3 : 5)));
  for (let round = Math.ceil(firstRound / step) * step; round <= lastRound; round += step) {
    const end = x(round) > frame.right - 20;
    picture.append(svg('line', { x1: x(round), x2: x(round), y1: frame.bottom, y2: frame.bottom + 5, class: 'axis' }));
    picture.append(svg('text', { x: end ? frame.right : x(round), y: frame.bottom + 18, class: 'tick', 'text-anchor': end ? 'end' : 'middle' },
      grouped(round)));
  }
  picture.append(svg('line', { x1: frame.left, x2: frame.right, y1: frame.bottom, y2: frame.bottom, class: 'axis' }));
  picture.append(svg('text', { x: (frame.left + frame.right) / 2, y: height - 4, class: 'tick', 'text-anchor': 'middle' }, 'round'));
  const place = ([round, error]) => `${x(round).toFixed(1)},${y(Math.log10(error)).toFixed(1)}`;
  if (points.length > 1) picture.append(svg('polyline', { points: points.map(place).join(' '), class: 'line' }));
  const [cx, cy] = place(points.at(-1)).split(',');
  picture.append(svg('circle', { cx, cy, r: 4.5, class: 'dot' }));
  container.replaceChildren(picture);
}

// From orange for 0 by a neutral to blue for 1, readable for the colour-blind too.
const stops = [[194, 85, 20], [240, 226, 205], [0, 100, 170]];
function colour(value) {
  const at = Math.min(1, Math.max(0, value)) * 2;
  const [from, to, part] = at < 1 ? [stops[0], stops[1], at] : [stops[1], stops[2], at - 1];
  return from.map((c, k) => c + (to[k] - c) * part);
}

/** values: size rows of size outputs, from the lower left; samples: [{input, target}, …]. */
export function drawSurface(canvas, { size, values }, low, high, samples) {
  const pixels = 288;
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  const grid = new OffscreenCanvas(size, size);
  const image = new ImageData(size, size);
  for (let row = 0; row < size; ++row)
    for (let column = 0; column < size; ++column)
      image.data.set([...colour(values[row * size + column]), 255], 4 * ((size - 1 - row) * size + column));
  grid.getContext('2d').putImageData(image, 0, 0);
  const context = canvas.getContext('2d');
  context.drawImage(grid, 0, 0, pixels, pixels);
  for (const { input, target } of samples) {
    const [x, y] = input.map((value) => ((value - low) / (high - low)) * pixels);
    context.beginPath();
    context.arc(x, pixels - y, 9, 0, 7);
    context.fillStyle = `rgb(${colour(target)})`;
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = '#fff';
    context.stroke();
    context.lineWidth = 1;
    context.strokeStyle = '#111';
    context.stroke();
  }
}
