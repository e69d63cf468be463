// SPDX-License-Identifier: BSL-1.0
// The page's state as the fragment of a link. Numbers are written so that they read back as the same double, and a check
// sum tells a link that was cut or altered on its way.

/** FNV-1a, 32 bits. */
function checkSum(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

const list = (numbers) => Array.from(numbers, String).join(',');

/** state: {key, rate, rounds, stage, parameters, inputs, targets}, the last three flat. */
export function linkOf(state) {
  const text = `v1;net=${state.key};rate=${state.rate};rounds=${state.rounds};stage=${state.stage}` +
    `;p=${list(state.parameters)};x=${list(state.inputs)};t=${list(state.targets)}`;
  return `#${text};check=${checkSum(text)}`;
}

/** {state} or {error}, a sentence. */
export function readLink(fragment, lessons) {
  const damaged = (why) => ({ error: `This link cannot be used: ${why}.` });
  let text;
  try {
    text = decodeURIComponent(fragment.replace(/^#/, ''));
  } catch {
    return damaged('it is damaged');
  }
  const end = text.lastIndexOf(';check=');
  if (!text.startsWith('v1;') || end < 0) return damaged('it is no link of this page, or its end is missing');
  if (text.slice(end + 7) !== checkSum(text.slice(0, end))) return damaged('it was cut off or altered on its way');
  const fields = new Map(text.slice(3, end).split(';').map((part) => {
    const equals = part.indexOf('=');
    return [part.slice(0, equals), part.slice(equals + 1)];
  }));
  const lesson = lessons.find(({ key }) => key === fields.get('net'));
  if (lesson === undefined) return damaged('its network is not among those of this page');

  const number = (word) => (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(word) ? Number(word) : NaN);
  const state = { lesson };
  for (const [name, field, count] of [
    ['parameters', 'p', lesson.parameters],
    ['inputs', 'x', lesson.samples * lesson.inputs],
    ['targets', 't', lesson.samples * lesson.outputs],
    ['rate', 'rate', 1],
  ]) {
    const values = (fields.get(field) ?? '').split(',').map(number);
    if (values.length !== count) return damaged(`it holds ${values.length} ${name}, and the network wants ${count}`);
    if (!values.every(Number.isFinite)) return damaged(`not all of its ${name} are numbers`);
    state[name] = values;
  }
  [state.rate] = state.rate;
  for (const name of ['rounds', 'stage']) {
    const word = fields.get(name) ?? '';
    state[name] = Number(word);
    if (!/^\d{1,10}$/.test(word) || state[name] > 4e9) return damaged(`its number of ${name} is none`);
  }
  return { state };
}
