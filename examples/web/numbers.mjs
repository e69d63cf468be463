// SPDX-License-Identifier: BSL-1.0
// Numbers as text and back. toFixed, toExponential and String are exact: what is printed are the number's own digits.

/** As the library's walk-through prints it: so many decimals, or significant digits where that would hide its size. */
export function figureText(x, digits) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'not a number' : x > 0 ? '∞' : '−∞';
  if (x === 0) return '0';
  const exact = String(x);
  let text = exact;
  if (digits !== 'all') {
    const size = Math.abs(x);
    const plain = size >= 1e-4 && size < 1e9;
    text = plain ? x.toFixed(digits).replace(/\.?0+$/, '') : x.toExponential(digits - 1);
    if (text === '0' || text === '-0' || exact.length < text.length) text = exact;
  }
  return text.replaceAll('-', '−');
}

/** For the picture: so many decimals, fewer significant digits where the leading zeros take the room. */
export function shortText(x, digits) {
  const size = Math.abs(x);
  if (!Number.isFinite(x) || size === 0 || size >= 0.1) return figureText(x, digits);
  const text = size >= 1e-3 ? x.toPrecision(digits - 1) : size >= 1e-4 ? x.toPrecision(digits - 2) : x.toExponential(digits - 3);
  return (text.includes('e') ? text : text.replace(/0+$/, '')).replaceAll('-', '−');
}

/** A whole number with commas between the thousands. */
export const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** The number that a person typed: {value} or {error}, a sentence. */
export function parseNumber(text, what) {
  const trimmed = text.trim().replaceAll('−', '-');
  const shown = trimmed.length > 24 ? `${trimmed.slice(0, 24)}…` : trimmed;
  if (trimmed === '') return { error: `${what} is empty; it needs a number, such as 0.5.` };
  if (/^[+-]?(nan|inf|infinity|∞)$/i.test(trimmed)) return { error: `${what} must be finite; “${shown}” is not.` };
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed))
    return { error: `${what} must be a number such as 0.5 or -1.2e-3; “${shown}” is none.` };
  const value = Number(trimmed);
  if (!Number.isFinite(value)) return { error: `${what} is too large: “${shown}” is beyond what a double holds.` };
  return { value };
}
