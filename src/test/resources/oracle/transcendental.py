"""Write transcendental.csv, 25 digits of erf, exp, log and tanh at doubles, and print the coefficients of ErrorFunction.

    python3 -m venv v && v/bin/pip install mpmath==1.4.1 && v/bin/python transcendental.py

A line of the table is the function, the double x in its shortest decimal form, and the value at exactly that double.
"""

import math
import pathlib
from collections.abc import Callable

from mpmath import mp, mpf

mp.dps = 60
MIDDLE = mpf("2.5")
ENDS = {"erf": (0.01, 6.2), "exp": (-745, 709.7), "log": (0.01, 3.0), "tanh": (0.01, 22.5)}
HARD = {
    "erf": [0.84375, 1.25, 1.909, 2.25, 2.857142857142857, 1.0, 5.9, 5.95, 6.0],
    "exp": [-745.13, -708.4, 709.78, 0.34657359027997264, 1.0397207708399179, -0.5, 1.0],
    "log": [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 0.7071067811865476, 1.4142135623730951, 1.0],
    "tanh": [0.5493061443340549, 1.0, 19.0, 19.061547465398498, 22.0, 0.2554128118829953],
}


def points(name: str) -> list[float]:
    """Return at least 500 doubles: an even grid, magnitudes from 1e-300 on, and both neighbours of the hard ones."""
    low, high = ENDS[name]
    xs = [low + (high - low) * (k + 0.37) / 400 for k in range(400)]
    xs += [sign * 10.0 ** (-k * 6) * (1 + k / 77) for k in range(51) for sign in (1, -1) if name != "log" or sign > 0]
    xs += [1 + sign * 2.0**-k for k in range(1, 53) for sign in (1, -1)] if name == "log" else []
    for x in HARD[name]:
        xs += [x, math.nextafter(x, math.inf), math.nextafter(x, 0.0)]
    if name in ("erf", "tanh"):
        xs += [-x for x in HARD[name]]
    return sorted({x for x in xs if x != 0 and math.isfinite(x)})


def fit(f: Callable[[mpf], mpf], a: mpf, b: mpf, n: int) -> list[float]:
    """Return the n coefficients, lowest first, of the polynomial through f at the Chebyshev nodes of [a, b]."""
    xs = [(a + b) / 2 + (b - a) / 2 * mp.cos(mp.pi * (2 * k + 1) / (2 * n)) for k in range(n)]
    matrix = mp.matrix(n, n)
    for i, x in enumerate(xs):
        for j in range(n):
            matrix[i, j] = x**j
    return [float(c) for c in mp.lu_solve(matrix, mp.matrix([f(x) for x in xs]))]


def near(square: mpf) -> mpf:
    """Return erf(x)/x - 1 as a function of x²."""
    x = mp.sqrt(square)
    return mp.erf(x) / x - 1


def far(u: mpf) -> mpf:
    """Return exp(x²) erfc(x) as a function of u = (x - 2.5)/(x + 2.5)."""
    x = MIDDLE * (1 + u) / (1 - u)
    return mp.erfc(x) * mp.exp(x * x)


def main() -> None:
    """Print the coefficients and write the table beside this file."""
    print("NEAR", fit(near, mpf(0), mpf(1), 13))
    print("FAR", fit(far, (1 - MIDDLE) / (1 + MIDDLE), (6 - MIDDLE) / (6 + MIDDLE), 17))
    lines = ["function,x,value"]
    for name in sorted(ENDS):
        lines += [f"{name},{x!r},{mp.nstr(getattr(mp, name)(mpf(x)), 25)}" for x in points(name)]
    pathlib.Path(__file__).with_suffix(".csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
