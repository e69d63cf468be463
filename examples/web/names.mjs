// SPDX-License-Identifier: BSL-1.0
// What things are called: as in the tutorials, and in the library's own walk-through. Everything counts from 0 here, and
// names count from 1.

export function namesOf(lesson) {
  const { layers, sizes } = lesson;
  const isLast = (l) => l + 1 === layers;
  const first = { w: [1], b: [1] };
  for (let l = 0; l < layers; ++l) {
    first.w.push(first.w[l] + sizes[l] * sizes[l + 1]);
    first.b.push(first.b[l] + sizes[l + 1]);
  }
  /** A neuron of layer l; l = -1 is the input. */
  const neuron = (l, n) =>
    l < 0 ? `i${n + 1}` : isLast(l) ? `o${n + 1}` : layers === 2 ? `h${n + 1}` : `h${l + 1}.${n + 1}`;
  return {
    isLast,
    neuron,
    weight: (l, o, i) => `w${first.w[l] + o * sizes[l] + i}`,
    bias: (l, o) => `b${first.b[l] + o}`,
    layer: (l) => (isLast(l) ? 'output layer' : layers === 2 ? 'hidden layer' : `hidden layer ${l + 1}`),
  };
}

/** The stages of a round, in the order in which the library takes them. */
export function stagesOf(lesson) {
  const all = Array.from({ length: lesson.layers }, (_, l) => l);
  const backward = all.toReversed?.() ?? all.slice().reverse();
  return [
    ...all.map((layer) => ({ kind: 'forward', layer })),
    { kind: 'error', layer: lesson.layers - 1 },
    ...(lesson.updatedWeights
      ? backward.flatMap((layer) => [{ kind: 'backward', layer }, { kind: 'update', layer, layers: [layer] }])
      : [...backward.map((layer) => ({ kind: 'backward', layer })), { kind: 'update', layer: -1, layers: all }]),
  ];
}
