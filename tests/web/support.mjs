// SPDX-License-Identifier: BSL-1.0
// What the tests of the page share: the built page, the native program, and the tutorials' figures.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const site = `${root}build/web/site`;

export function bitsOf(value) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** What a native program of another compiler arrives at, as bits: {parameters, error, outputs}. */
export function native({ key, rate, parameters, samples }, rounds) {
  const state = [rate, ...parameters, ...samples.flatMap(({ input, target }) => [...input, ...target])];
  const lines = execFileSync(`${root}build/web/native`, [key, String(rounds), String(samples.length)], {
    input: state.map(bitsOf).join('\n'), encoding: 'utf8',
  }).trim().split('\n');
  const count = parameters.length;
  return { parameters: lines.slice(0, count), error: lines[count], outputs: lines.slice(count + 1) };
}

/** The figures that tests/static/tutorials/NAME.hpp asserts in a function: from their names to the numbers there. */
export function tutorialFigures(name, functionName) {
  const source = readFileSync(`${root}tests/static/tutorials/${name}.hpp`, 'utf8');
  const begin = source.indexOf(`bool ${functionName}(`);
  if (begin < 0) throw new Error(`${name}.hpp has no function ${functionName}`);
  const body = source.slice(begin, source.indexOf('\n}\n', begin));
  const found = new Map();
  for (const [, what, figure] of body.matchAll(/is\.exactly\("([^"]+)",[^;]*?,\s*(-?[\d.]+(?:e-?\d+)?)\);/g)) found.set(what, Number(figure));
  if (found.size < 3) throw new Error(`${name}.hpp: ${functionName}: only ${found.size} figures were understood`);
  return found;
}

/** As in figures.hpp: 10,000 rounds stay about thirty times closer than that. */
export const matches = (value, figure) => Math.abs(value - figure) <= 1e-12 * Math.abs(figure);
