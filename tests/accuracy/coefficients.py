#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Minimax polynomials of ctnn::math, found anew: the coefficients in include/ctnn/math and their error bounds.

Run it by hand: python3 coefficients.py (needs mpmath; takes about a minute). Coefficients may differ from the headers'
in a last digit or two, as the search stops at 1 % of the minimax error.
"""
import mpmath as mp

mp.mp.prec = 300


def rounded(x, bits):
    with mp.workprec(bits):
        return +x


def extremes(values, most):
    """Where the largest value between two changes of sign is; of more than `most` the outer, smaller ones are left out."""
    peaks = []
    for i, v in enumerate(values):
        if not peaks or (v > 0) != (values[peaks[-1]] > 0):
            peaks.append(i)
        elif abs(v) > abs(values[peaks[-1]]):
            peaks[-1] = i
    while len(peaks) > most:
        peaks.pop(0 if abs(values[peaks[0]]) < abs(values[peaks[-1]]) else -1)
    return peaks


def remez(f, weight, a, b, powers, rounds=16):
    """Remez's exchange: coefficients c that minimise the maximum E of |weight (f - sum c_i x^powers_i)| on [a, b]."""
    n = len(powers)
    middle, radius = (a + b) / 2, (b - a) / 2
    # Chebyshev's extrema, moved a little off a zero of the weight
    nodes = [middle - radius * mp.cos(mp.pi * i / n) + radius * mp.mpf("0.6") / n**2 for i in range(n + 1)]
    nodes[0] = a if a != 0 else b * mp.mpf("1e-12")
    nodes[-1] = b
    for _ in range(rounds):
        matrix, right = mp.matrix(n + 1, n + 1), mp.matrix(n + 1, 1)
        for i, x in enumerate(nodes):
            for j, p in enumerate(powers):
                matrix[i, j] = x**p
            matrix[i, n] = (-1) ** i / weight(x)
            right[i] = f(x)
        solution = mp.lu_solve(matrix, right)
        c, level = list(solution[:n]), abs(solution[n])

        def error(x):
            return weight(x) * (f(x) - sum(k * x**p for k, p in zip(c, powers)))

        # The largest error between two changes of sign, sharpened by a parabola, is the next node.
        grid = [middle - radius * mp.cos(mp.pi * (i + mp.mpf("1e-9")) / (24 * n)) for i in range(24 * n + 1)]
        values = [error(x) for x in grid]
        peaks = extremes(values, n + 1)
        if len(peaks) < n + 1:
            break
        nodes = [sharpened(grid, values, i) for i in peaks]
        worst = max(abs(values[i]) for i in peaks)
        if worst - level < level / 100:
            break
    return c, level


def sharpened(grid, values, i):
    if i in (0, len(grid) - 1):
        return grid[i]
    (x0, x1, x2), (f0, f1, f2) = grid[i - 1:i + 2], values[i - 1:i + 2]
    bottom = (x1 - x0) * (f1 - f2) - (x1 - x2) * (f1 - f0)
    x = x1 if bottom == 0 else x1 - ((x1 - x0)**2 * (f1 - f2) - (x1 - x2)**2 * (f1 - f0)) / bottom / 2
    return x if x0 < x < x2 else x1


def fit(title, bits, f, weight, a, b, terms, given=(), refits=0):
    """Prints coefficients rounded to `bits`: the `given` ones first, then `refits` + 1 times one from a new search."""
    powers, coefficients, rest = range(terms), [], f
    searched = []
    for i in powers:
        if i < len(given):
            c = mp.mpf(given[i])
        elif i <= len(given) + refits:
            searched, level = remez(rest, weight, a, b, powers[i:])
            minimax = level if i == len(given) else minimax
            c = searched.pop(0)
        else:
            c = searched.pop(0)
        coefficients.append(rounded(c, bits))
        rest = (lambda rest, k, p: lambda x: rest(x) - k * x**p)(rest, coefficients[-1], i)
    worst = max(abs(weight(x) * rest(x)) for x in (a + (b - a) * (i + mp.mpf("0.51")) / 2001 for i in range(2001)))
    print(f"{title}: minimax 2^{float(mp.log(minimax, 2)):.2f}, rounded 2^{float(mp.log(worst, 2)):.2f}")
    for c in coefficients:
        print("   ", float(c).hex())


def fit_quotient(title, bits, f, reach, terms):
    """Prints coefficients of p and q in z = x^2, as many of each, q[0] = 1, for the least relative error of p/q from f(x)
    up to `reach`: Remez's exchange again, each system linear in p, q and the error, as that is multiplied by the q before."""
    n = 2 * terms
    nodes = [reach / 2 * (1 - mp.cos(mp.pi * (i + mp.mpf("1e-6")) / (n - 1))) for i in range(n)]
    q = [mp.mpf(1), mp.mpf("0.5")]
    value = lambda c, x: sum(k * x**(2 * i) for i, k in enumerate(c))
    for _ in range(30):
        for _ in range(12):
            rows = [[x**(2 * j) for j in range(terms)] + [-f(x) * x**(2 * j) for j in range(1, terms)] +
                    [-(-1)**i * f(x) * value(q, x)] for i, x in enumerate(nodes)]
            solution = list(mp.lu_solve(mp.matrix(rows), mp.matrix([f(x) for x in nodes])))
            p, q, level = solution[:terms], [mp.mpf(1)] + solution[terms:n - 1], abs(solution[-1])
        grid = [reach / 2 * (1 - mp.cos(mp.pi * (i + mp.mpf("1e-6")) / (40 * n))) for i in range(40 * n + 1)]
        values = [value(p, x) / value(q, x) / f(x) - 1 for x in grid]
        peaks = extremes(values, n)
        nodes = [grid[i] for i in peaks]
        if max(map(abs, values)) - level < level / 100:
            break
    p, q = [rounded(c, bits) for c in p], [rounded(c, bits) for c in q]
    worst = max(abs(value(p, x) / value(q, x) / f(x) - 1) for x in grid)
    print(f"{title}: minimax 2^{float(mp.log(level, 2)):.2f}, rounded 2^{float(mp.log(worst, 2)):.2f}")
    for c in p + q:
        print("   ", float(c).hex())


TINY = mp.mpf("1e-40")
REACH = mp.log(2) / 2 * mp.mpf("1.0001")  # |r| after reduction, and a little


def exp_float(r):  # (e^r - 1 - r) / r^2
    return (mp.expm1(r) - r) / r**2 if abs(r) > TINY else mp.mpf(1) / 2


def exp_double(z):  # (r coth(r/2) - 2) / r^2 with z = r^2
    r = mp.sqrt(z)
    return (r * mp.coth(r / 2) - 2) / z if z > TINY else mp.mpf(1) / 6


def coth_even(z):  # r coth(r/2) with z = r^2
    r = mp.sqrt(z)
    return r * mp.coth(r / 2) if z > TINY else mp.mpf(2)


def power_even(z):  # f coth(f ln(2)/2) with z = f^2, so that 2^f = (even + f) / (even - f)
    f = mp.sqrt(z)
    return f * mp.coth(f * mp.log(2) / 2) if z > TINY else 2 / mp.log(2)


def log_odd(z):  # (2 atanh(t) - 2t) / t^3 with z = t^2
    t = mp.sqrt(z)
    return (2 * mp.atanh(t) / t - 2) / z if z > TINY else mp.mpf(2) / 3


def erf_near(z):  # erf(x) / x - 1 with z = x^2
    x = mp.sqrt(z)
    return mp.erf(x) / x - 1 if z > TINY else 2 / mp.sqrt(mp.pi) - 1


def erf_far(x):
    return mp.log(mp.erfc(x))


def tanh_near(z):  # a^3 / (a - tanh(a)) with z = a^2
    a = mp.sqrt(z)
    return z / (1 - mp.tanh(a) / a) if z > mp.mpf("1e-12") else mp.mpf(3)


def tanh_near_weight(z):  # for the relative error of a - a^3 / near
    a = mp.sqrt(z)
    return a * z / tanh_near(z)**2 / mp.tanh(a) + mp.mpf("1e-6") if z > mp.mpf("1e-12") else z / 9


def tanh_far(a):  # (e^2a / 2)^(1/8) - 19/16
    return (mp.exp(2 * a) / 2)**mp.mpf("0.125") - mp.mpf(19) / 16


def tanh_far_weight(a):  # for the error of 1 / (1/2 + (far + 19/16)^8), thrice as dear at 1, where roundings weigh most
    e = mp.exp(2 * a) / 2
    return 8 * e**mp.mpf("0.875") / (mp.mpf("0.5") + e)**2 * (1 + 2 * mp.exp(3 - 3 * a))


def cospi_odd(z):  # sin(pi t) / t with z = t^2
    t = mp.sqrt(z)
    return mp.sinpi(t) / t if z > TINY else mp.pi


if __name__ == "__main__":
    zero, one = mp.mpf(0), mp.mpf(1)
    log_reach = ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1) * mp.mpf("1.0001"))**2
    erf_weight = lambda z: 1 / (1 + erf_near(z))
    far_weight = lambda x: mp.erfc(x) / mp.erf(x)
    cospi_weight = lambda z: mp.sqrt(z) + mp.mpf("1e-9")

    # exp.hpp's were then moved by a random walk of some units in the last place, for the least error of exp itself.
    fit("exp, binary32", 24, exp_float, lambda r: r**2 / mp.exp(r), -REACH, REACH, 5, given=["0.5"], refits=2)
    coth_weight = lambda z: mp.sqrt(z) / 2 + mp.mpf("0.05")
    fit("logistic, binary32", 24, coth_even, coth_weight, zero, REACH**2, 3, given=["2"], refits=1)
    fit("exp, binary64", 53, exp_double, lambda z: mp.sqrt(z)**3 * mp.mpf("0.6"), zero, REACH**2, 5)
    fit("log, binary32", 24, log_odd, lambda z: z / 2, zero, log_reach, 3, refits=2)
    fit("log, binary64", 53, log_odd, lambda z: z / 2, zero, log_reach, 7, refits=2)
    fit("erf near, binary32", 24, erf_near, erf_weight, zero, mp.mpf("0.5625"), 6, refits=1)
    fit("erf near, binary64", 53, erf_near, erf_weight, zero, one, 12)
    fit("erf far, binary32", 24, erf_far, far_weight, mp.mpf("0.75"), mp.mpf(4), 7, refits=4)
    fit("erf far, binary64", 53, erf_far, far_weight, one, mp.mpf(6), 19)
    fit("tanh near, binary32", 24, tanh_near, tanh_near_weight, zero, one, 4, refits=3)
    fit("tanh far, binary32", 24, tanh_far, tanh_far_weight, mp.mpf("0.999"), mp.mpf("9.02"), 6, refits=5)
    fit("cospi, binary32", 24, cospi_odd, cospi_weight, zero, mp.mpf("0.25"), 5, refits=1)
    fit("cospi, binary64", 53, cospi_odd, cospi_weight, zero, mp.mpf("0.25"), 9, refits=1)

    # fast.hpp
    half = mp.mpf("0.50001")
    fit("fast exp", 24, lambda f: mp.mpf(2)**f, lambda f: mp.mpf(2)**-f, -half, half, 7, given=["1"], refits=5)
    power_weight = lambda z: 2 * mp.sqrt(z) / (power_even(z)**2 - z) + mp.mpf("0.01")
    fit("fast logistic", 24, power_even, power_weight, zero, half**2, 3, refits=1)
    fit_quotient("fast tanh", 24, lambda x: mp.tanh(x) / x, mp.mpf(8), 5)
