#!/usr/bin/python3
# SPDX-License-Identifier: BSL-1.0
"""Writes networks.hpp: what PyTorch computes for the networks below.

    python3 tests/golden/generate.py          (Debian: apt-get install python3-torch; version 1.13 made the file)

Running the tests needs neither Python nor PyTorch. The header is a function of this script and of PyTorch alone.
"""
import itertools
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = {
    "linear": lambda x: x,
    "logistic": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leaky_relu": lambda x: F.leaky_relu(x, 0.01),
    "elu": F.elu,
    "softplus": F.softplus,
    "silu": F.silu,
    "gelu": F.gelu,  # the exact one
    "softmax": lambda x: F.softmax(x, dim=-1),
}

# A loss of (logits, outputs, targets), each [batch][outputs]; the mean over the batch.
LOSSES = {
    "half_squared_error": lambda z, y, t: 0.5 * ((t - y) ** 2).sum(dim=1).mean(),
    "mean_squared_error": lambda z, y, t: nn.MSELoss()(y, t),
    "huber": lambda z, y, t: nn.HuberLoss(delta=1.0)(y, t),
    "binary_cross_entropy": lambda z, y, t: nn.BCELoss()(y, t),
    "binary_cross_entropy_with_logits": lambda z, y, t: nn.BCEWithLogitsLoss()(y, t),
    "cross_entropy": lambda z, y, t: nn.CrossEntropyLoss()(z, t),
    "cross_entropy_with_logits": lambda z, y, t: nn.CrossEntropyLoss()(y, t),
}
# BCELoss cuts its logarithms off at -100, so where outputs are 0 or 1 the form with logits is the reference.
EXTREME_LOSSES = dict(LOSSES, binary_cross_entropy=lambda z, y, t: nn.BCEWithLogitsLoss()(z, t))


class Network(nn.Module):
    """layers: (outputs, activation, bias kind, frozen)."""

    def __init__(self, inputs, layers, dtype):
        super().__init__()
        self.shape = layers
        self.dense = nn.ModuleList()
        for outputs, _, bias, frozen in layers:
            layer = nn.Linear(inputs, outputs, bias=bias != "none", dtype=dtype)
            if frozen:
                layer.requires_grad_(False)
            elif bias == "frozen":
                layer.bias.requires_grad_(False)
            self.dense.append(layer)
            inputs = outputs

    def forward(self, x):
        for layer, (_, activation, _, _) in zip(self.dense, self.shape):
            logits = layer(x)
            x = ACTIVATIONS[activation](logits)
        return logits, x

    def trained(self):
        return [p for p in self.parameters() if p.requires_grad]

    def flat(self):
        return torch.cat([p.detach().flatten() for p in self.parameters()]).tolist()

    def flat_gradient(self):
        return torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in self.parameters()]).tolist()


# Optimizers: the C++ expression, the PyTorch optimizer, and the norm to which gradients are clipped.
def sgd(**options):
    return lambda parameters: torch.optim.SGD(parameters, **options)


OPTIMIZERS = {
    "sgd": ("ctnn::sgd{.learning_rate = .5}", sgd(lr=0.5), None),
    "decay": ("ctnn::sgd{.learning_rate = .1, .weight_decay = .05}", sgd(lr=0.1, weight_decay=0.05), None),
    "momentum": ("ctnn::sgd_momentum{.learning_rate = .1, .momentum = .8}", sgd(lr=0.1, momentum=0.8), None),
    "momentum_decay": (
        "ctnn::sgd_momentum{.learning_rate = .1, .momentum = .8, .weight_decay = .05}",
        sgd(lr=0.1, momentum=0.8, weight_decay=0.05),
        None,
    ),
    "nesterov": (
        "ctnn::sgd_momentum{.learning_rate = .1, .momentum = .8, .nesterov = true}",
        sgd(lr=0.1, momentum=0.8, nesterov=True),
        None,
    ),
    "nesterov_decay": (
        "ctnn::sgd_momentum{.learning_rate = .1, .momentum = .7, .nesterov = true, .weight_decay = .02}",
        sgd(lr=0.1, momentum=0.7, nesterov=True, weight_decay=0.02),
        None,
    ),
    "rmsprop": (
        "ctnn::rmsprop{.learning_rate = .02, .smoothing = .9}",
        lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.9),
        None,
    ),
    "rmsprop_decay": (
        "ctnn::rmsprop{.epsilon = 1e-4, .weight_decay = .1}",
        lambda p: torch.optim.RMSprop(p, lr=0.01, alpha=0.99, eps=1e-4, weight_decay=0.1),
        None,
    ),
    "adam": ("ctnn::adam{.learning_rate = .05}", lambda p: torch.optim.Adam(p, lr=0.05), None),
    "adam_options": (
        "ctnn::adam{.learning_rate = .02, .beta1 = .8, .beta2 = .95, .epsilon = 1e-3}",
        lambda p: torch.optim.Adam(p, lr=0.02, betas=(0.8, 0.95), eps=1e-3),
        None,
    ),
    "adam_decay": (
        "ctnn::adam{.learning_rate = .05, .weight_decay = .1}",
        lambda p: torch.optim.Adam(p, lr=0.05, weight_decay=0.1),
        None,
    ),
    "adamw": ("ctnn::adamw{.learning_rate = .05}", lambda p: torch.optim.AdamW(p, lr=0.05), None),
    "adamw_decay": (
        "ctnn::adamw{.learning_rate = .02, .weight_decay = .3}",
        lambda p: torch.optim.AdamW(p, lr=0.02, weight_decay=0.3),
        None,
    ),
    "clipped": ("ctnn::clipped<ctnn::sgd>{.optimizer = {.learning_rate = .5}, .max_norm = .1}", sgd(lr=0.5), 0.1),
    "clipped_adam": (
        "ctnn::clipped<ctnn::adam>{.optimizer = {.learning_rate = .05}, .max_norm = .2}",
        lambda p: torch.optim.Adam(p, lr=0.05),
        0.2,
    ),
}

# Schedules: the C++ expression, and the factor of a step that counts from 0.
SCHEDULES = {
    "constant": ("ctnn::constant_rate{}", lambda k: 1.0),
    "step": ("ctnn::step_decay{.every = 3, .decay = .5}", lambda k: 0.5 ** (k // 3)),
    "cosine": (
        "ctnn::cosine{.steps = 8, .last = .1}",
        lambda k: 0.1 if k >= 8 else 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * k / 8)),
    ),
    "warm_up": (
        "ctnn::warm_up<ctnn::cosine>{.steps = 4, .after = {.steps = 10}}",
        lambda k: (k + 1) / 4 if k < 4 else 0.5 * (1 + math.cos(math.pi * (k - 4) / 10)),
    ),
}

SHORT = [("sgd", "constant", 1), ("nesterov", "constant", 1), ("adam", "constant", 1), ("adam", "constant", 0)]
FULL = [(o, "constant", 1) for o in OPTIMIZERS]
FULL += [(o, "constant", 0) for o in ("sgd", "momentum", "rmsprop", "adam", "adamw", "clipped")]
FULL += [("sgd", "step", 1), ("momentum", "cosine", 1), ("adamw", "cosine", 1), ("adam", "warm_up", 1)]


def dense(outputs, activation="linear", bias="trained", frozen=False):
    return outputs, activation, bias, frozen


# Name, inputs, layers, losses (the first is trained with), runs, kind of targets, dtype, samples.
ALL_OUTPUT_LOSSES = ["half_squared_error", "mean_squared_error", "huber"]
NETWORKS = [
    ("logistic_2_3_2", 2, [dense(3, "logistic"), dense(2, "logistic")],
     ALL_OUTPUT_LOSSES + ["binary_cross_entropy"], FULL, "probabilities"),
    ("tanh_3_5_1", 3, [dense(5, "tanh"), dense(1)],
     ALL_OUTPUT_LOSSES + ["binary_cross_entropy_with_logits"], FULL, "probabilities"),
    ("one_layer", 3, [dense(2)], ALL_OUTPUT_LOSSES, SHORT, "numbers"),
    ("relu_5_17_3", 5, [dense(17, "relu"), dense(3, "softmax")], ["cross_entropy"], SHORT, "distribution"),
    ("no_bias_16_7_4_3", 16, [dense(7, "leaky_relu", "none"), dense(4, "elu", "frozen"), dense(3)],
     ["cross_entropy_with_logits", "mean_squared_error", "binary_cross_entropy_with_logits"], SHORT, "distribution"),
    ("five_deep", 4, [dense(6, "softplus"), dense(5, "silu"), dense(6, "gelu"), dense(3, "elu"), dense(2, "tanh")],
     ["half_squared_error", "huber"], SHORT, "numbers"),
    ("wide_20_17_16_3", 20, [dense(17, "silu"), dense(16, "gelu"), dense(3, "softplus")],
     ["mean_squared_error"], SHORT, "numbers"),
    ("frozen_middle", 3, [dense(4, "tanh"), dense(5, "relu", frozen=True), dense(3, "logistic")],
     ["binary_cross_entropy", "half_squared_error"], SHORT, "probabilities"),
    ("frozen_first", 2, [dense(4, "logistic", frozen=True), dense(3, "tanh", "none"), dense(3, "softmax")],
     ["cross_entropy"], SHORT, "distribution"),
    ("hidden_softmax", 3, [dense(5, "softmax"), dense(2, "leaky_relu", "frozen")], ["half_squared_error"], SHORT, "numbers"),
]
FLOAT_NETWORKS = [
    ("float_6_9_4", 6, [dense(9, "tanh"), dense(4, "logistic")],
     ["binary_cross_entropy", "half_squared_error", "mean_squared_error", "huber"], SHORT, "probabilities"),
    ("float_7_18_5_3", 7, [dense(18, "gelu"), dense(5, "silu"), dense(3, "softmax")], ["cross_entropy"], SHORT, "distribution"),
    ("float_activations", 3, [dense(3, "elu"), dense(4, "softplus"), dense(3, "leaky_relu"), dense(2)],
     ["half_squared_error", "cross_entropy_with_logits", "binary_cross_entropy_with_logits"], SHORT, "probabilities"),
]
# One layer that hands its inputs, logits of +-1000, through.
EXTREMES = [
    ("extreme_softmax", [dense(3, "softmax", "none")], ["cross_entropy"]),
    ("extreme_linear", [dense(3, "linear", "none")], ["cross_entropy_with_logits", "binary_cross_entropy_with_logits"]),
    ("extreme_logistic", [dense(3, "logistic", "none")], ["binary_cross_entropy"]),
]


def literal(x, dtype):
    if dtype == torch.float64:
        return repr(x)
    return f"{x:.9g}" + ("" if any(c in f"{x:.9g}" for c in ".e") else ".") + "F"


def listed(values, dtype, width=112):
    lines, line = [], ""
    for value in values:
        word = literal(value, dtype) + ", "
        if len(line) + len(word) > width:
            lines.append(line.rstrip())
            line = ""
        line += word
    return "\n      ".join(lines + [line.rstrip(", ")])


def cpp_type(dtype):
    return "double" if dtype == torch.float64 else "float"


def cpp_network(inputs, layers, dtype):
    parts = [cpp_type(dtype), f"ctnn::input<{inputs}>"]
    for outputs, activation, bias, frozen in layers:
        layer = f"ctnn::dense<{outputs}, ctnn::{activation}, ctnn::bias::{bias}>"
        parts.append(f"ctnn::frozen<{layer}>" if frozen else layer)
    return f"ctnn::network<{', '.join(parts)}>"


def targets_of(kind, samples, outputs, dtype):
    t = torch.rand(samples, outputs, dtype=dtype)
    if kind == "numbers":
        t = 4 * t - 2  # far enough from the outputs for both branches of huber
    if kind == "distribution":
        t = t / t.sum(dim=1, keepdim=True)
        t[0] = F.one_hot(torch.tensor(outputs - 1), outputs)
    return t


def train(network, x, t, loss, run):
    """The parameters after ten updates, from one sample each in turn, or (batch 0) from all samples."""
    optimizer_name, schedule, batch = run
    _, make, max_norm = OPTIMIZERS[optimizer_name]
    start = [p.detach().clone() for p in network.parameters()]
    optimizer = make(network.trained())
    rate = optimizer.param_groups[0]["lr"]
    for k in range(10):
        optimizer.param_groups[0]["lr"] = rate * SCHEDULES[schedule][1](k)
        rows = slice(None) if batch == 0 else slice(k % len(x), k % len(x) + 1)
        optimizer.zero_grad()
        LOSSES[loss](*network(x[rows]), t[rows]).backward()
        if max_norm is not None:
            nn.utils.clip_grad_norm_(network.trained(), max_norm)
        optimizer.step()
    result = network.flat()
    with torch.no_grad():
        for p, old in zip(network.parameters(), start):
            p.copy_(old)
    return result


def write(out, name, network, inputs, layers, x, t, losses, formulas, runs, dtype):
    T = cpp_type(dtype)

    def array(label, values):
        out.append(f"    static constexpr {T} {label}[] = {{\n      {listed(values, dtype)}}};")

    out.append(f"struct {name} {{")
    out.append(f'  static constexpr char const* name = "{name}";')
    out.append(f"  using net = {cpp_network(inputs, layers, dtype)};")
    out.append(f"  static constexpr {T} parameters[] = {{\n      {listed(network.flat(), dtype)}}};")
    rows = [f"{{{{{listed(a.tolist(), dtype)}}}, {{{listed(b.tolist(), dtype)}}}}}" for a, b in zip(x, t)]
    out.append(f"  static constexpr ctnn::sample<net> samples[] = {{\n      " + ",\n      ".join(rows) + "};")
    out.append(f"  static constexpr {T} outputs[] = {{\n      {listed(network(x)[1].detach().flatten().tolist(), dtype)}}};")

    out.append("  /// visit(loss, the losses of the samples, the gradients of the samples)")
    out.append("  template <class Visit> static void each_loss(Visit visit) {")
    for number, loss in enumerate(losses):
        values, gradients = [], []
        for i in range(len(x)):
            network.zero_grad()
            value = formulas[loss](*network(x[i : i + 1]), t[i : i + 1])
            value.backward()
            values.append(value.item())
            gradients += network.flat_gradient()
        array(f"losses_{number}", values)
        array(f"gradients_{number}", gradients)
        out.append(f"    visit(ctnn::{loss}{{}}, losses_{number}, gradients_{number});")
    out.append("  }")

    out.append("  /// visit(loss, optimizer, schedule, samples a step, the parameters after ten steps)")
    out.append("  template <class Visit> static void each_run(Visit visit) {")
    if not runs:
        out.append("    static_cast<void>(visit);")
    for number, run in enumerate(runs):
        optimizer, schedule, batch = run
        array(f"run_{number}", train(network, x, t, losses[0], run))
        out.append(f"    visit(ctnn::{losses[0]}{{}}, {OPTIMIZERS[optimizer][0]}, {SCHEDULES[schedule][0]}, "
                   f"{batch or len(x)}, run_{number});")
    out.append("  }")
    out.append("};\n")


def main():
    out = [
        "// SPDX-License-Identifier: BSL-1.0",
        f"/// \\file What PyTorch {torch.__version__} computes for some networks: outputs, losses, gradients, ten steps of training.",
        "// generated by tests/golden/generate.py",
        "#pragma once",
        "// clang-format off",
        "#include <ctnn.hpp>\n",
        "#include <tuple>\n",
        "namespace golden {\n",
    ]
    names = []
    dtypes = itertools.chain(((n, torch.float64) for n in NETWORKS), ((n, torch.float32) for n in FLOAT_NETWORKS))
    for seed, ((name, inputs, layers, losses, runs, targets), dtype) in enumerate(dtypes):
        torch.manual_seed(seed)
        network = Network(inputs, layers, dtype)
        with torch.no_grad():
            for p in network.parameters():
                p.mul_(1.5)  # PyTorch's initial parameters are small enough to hide an activation's curvature
        x = 2 * torch.randn(3, inputs, dtype=dtype)
        write(out, name, network, inputs, layers, x, targets_of(targets, 3, layers[-1][0], dtype), losses, LOSSES,
              runs, dtype)
        names.append(name)
    for name, layers, losses in EXTREMES:
        network = Network(3, layers, torch.float64)
        with torch.no_grad():
            network.dense[0].weight.copy_(torch.eye(3))
        x = torch.tensor([[1000, -1000, 0], [-1000, 1000, 999], [1000, 1000, -1000]], dtype=torch.float64)
        t = torch.tensor([[0, 1, 0], [0.25, 0.75, 0], [1, 0, 0]], dtype=torch.float64)
        write(out, name, network, 3, layers, x, t, losses, EXTREME_LOSSES, [], torch.float64)
        names.append(name)
    out.append(f"using all = std::tuple<{', '.join(names)}>;\n")
    out.append("}  // namespace golden")
    (pathlib.Path(__file__).parent / "networks.hpp").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
