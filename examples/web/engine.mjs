// SPDX-License-Identifier: BSL-1.0
// The library, compiled to WebAssembly. Every number that the page shows comes from here; nothing is computed beside it.

// What is recorded of each layer, in the order of record.hpp.
const figures = ['x', 'before', 'net', 'out', 'byOut', 'slope', 'delta', 'gradient', 'carried', 'shares', 'after'];

export async function loadEngine(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${answer.statusText}`);
  return makeEngine(await answer.arrayBuffer());
}

/** From the module's bytes. */
export async function makeEngine(bytes) {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const module = instance.exports;
  const memory = module.memory.buffer; // it does not grow

  const doubles = (at, count) => new Float64Array(memory, at, count);
  const text = (at) => {
    if (at === 0) return '';
    const from = new Uint8Array(memory, at);
    return new TextDecoder().decode(from.subarray(0, from.indexOf(0)));
  };

  const lessons = Array.from({ length: module.lesson_count() }, (_, index) => {
    const [layers, ...rest] = new Uint32Array(memory, module.lesson_shape(index), 10);
    const sizes = rest.slice(0, layers + 1);
    const [biases, samples, updatedWeights, parameters] = rest.slice(5);
    return {
      index, layers, sizes, samples, parameters,
      key: text(module.lesson_key(index)),
      title: text(module.lesson_title(index)),
      activation: text(module.lesson_activation(index)),
      biases: ['none', 'kept', 'trained'][biases],
      updatedWeights: updatedWeights !== 0,
      inputs: sizes[0],
      outputs: sizes[layers],
    };
  });

  let lesson = lessons[0];
  module.choose(0);

  // Where a layer's parameters begin, and how many there are of each kind.
  const layout = (l) => {
    const part = (k) => {
      const weights = lesson.sizes[k] * lesson.sizes[k + 1];
      return { weights, biases: lesson.biases === 'none' ? 0 : lesson.sizes[k + 1] };
    };
    let at = 0;
    for (let k = 0; k < l; ++k) at += part(k).weights + part(k).biases;
    return { at, inputs: lesson.sizes[l], outputs: lesson.sizes[l + 1], ...part(l) };
  };

  return {
    lessons,
    get lesson() { return lesson; },
    layout,
    choose(index) {
      lesson = lessons[index];
      module.choose(index);
    },
    drawParameters: (seed) => module.draw_parameters(seed),

    // Views of the state; what is written to them counts from the next round on.
    get parameters() { return doubles(module.parameters(), lesson.parameters); },
    input: (sample) => doubles(module.sample_input(sample), lesson.inputs),
    target: (sample) => doubles(module.sample_target(sample), lesson.outputs),
    get rate() { return doubles(module.rate(), 1)[0]; },
    set rate(value) { doubles(module.rate(), 1)[0] = value; },
    get rounds() { return new Uint32Array(memory, module.rounds(), 1)[0]; },
    set rounds(value) { new Uint32Array(memory, module.rounds(), 1)[0] = value; },

    /** What the library has against a learning rate; '' if nothing. */
    rateRule: (value) => text(module.rate_rule(value)),
    nextSample: () => module.next_sample(),
    /** The library's sentence about why a round was refused; '' if it was not. */
    look() {
      const status = module.look();
      return status === 0 ? '' : text(module.message(status));
    },
    teach(rounds) {
      const status = module.teach(rounds);
      return status === 0 ? '' : text(module.message(status));
    },
    /** The latest round that was looked at or taught: what each layer did; null where it did nothing of the kind. */
    record() {
      const layers = Array.from({ length: lesson.layers }, (_, l) => {
        const { weights, biases, inputs, outputs } = layout(l);
        const trained = weights + (lesson.biases === 'trained' ? biases : 0);
        const counts = {
          x: inputs, before: weights + biases, net: outputs, out: outputs, byOut: outputs, slope: outputs, delta: outputs,
          gradient: trained, carried: weights, shares: weights, after: trained,
        };
        return Object.fromEntries(figures.map((figure, f) => {
          const at = module.row(l, f);
          return [figure, at === 0 ? null : doubles(at, counts[figure])];
        }));
      });
      return { layers, terms: doubles(module.terms(), lesson.outputs), total: module.total() };
    },

    /** The mean error over all samples. */
    error: () => module.error(),
    /** The outputs for a sample, copied. */
    infer: (sample) => Array.from(doubles(module.infer(sample), lesson.outputs)),
    hasSurface: () => lesson.inputs === 2 && lesson.outputs === 1 && lesson.samples > 1,
    /** The output over a square, from its lower left corner, row by row. */
    surface(low, high) {
      const size = module.surface_size();
      return { size, values: doubles(module.surface(low, high), size * size) };
    },
    /** Whether the parameters have the bits that the compiler computed for 10,000 rounds; undefined if it did not. */
    asCompiled: () => [false, true, undefined][module.as_compiled()],
  };
}
