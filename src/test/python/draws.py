"""The engine's draws and its one data set once more, from their definitions: what `data()` has to give."""

import copy
import gzip
import hashlib
import json
from decimal import Decimal
from functools import reduce
from operator import getitem
from typing import Any

import numpy as np

from conftest import ROOT

Array = np.ndarray


def study_of(population, id: str) -> dict[str, Any]:
    """Return the settings of a member: the study with the cell's values in place."""
    study = {"study": copy.deepcopy(population.manifest["study"])}
    for axis in population.manifest["axes"]:
        *path, last = [int(step) if step.isdigit() else step for step in axis["at"][1:].split("/")]
        reduce(getitem, path, study)[last] = population._planned[id]["cell"][axis["name"]]
    return study["study"]


def split_key(population, id: str) -> int:
    """Return the key under which a member's data are divided."""
    shared, member = population.manifest["shares"].get("split", []), population._planned[id]
    seed = {"seed": member["seed"]} if "seed" in member and "seed" not in shared else {}
    axes = {name: value for name, value in member["cell"].items() if name not in shared}
    return key({"axes": axes, "purpose": "split", "stream": population.manifest["stream"]} | seed)


def digits(settings: dict[str, Any], split: int) -> tuple[Array, Array, Array, Array]:
    """Return inputs, labels, train and test of the optical digits, divided under a key."""
    packed = (ROOT / "src/main/resources/org/phasezoo/data/digits.csv.gz").read_bytes()
    table = np.loadtxt(gzip.decompress(packed).decode().splitlines(), delimiter=",")
    inputs = ((table[:, :64] / 16 - settings["mean"]) / settings["deviation"]).astype(np.float32)
    order, n = permutation(split, len(table)), settings["train"]
    return inputs.reshape(-1, 1, 8, 8), table[:, 64].astype(int), order[:n], order[n : n + settings["test"]]


def canonical(value: Any) -> str:
    """Return the canonical JSON of a document: sorted keys, no space, numbers as ECMAScript's."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(k)}:{canonical(value[k])}" for k in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if not isinstance(value, float):
        return json.dumps(value, ensure_ascii=False)
    if abs(value) < 1e21 and (value == int(value) or abs(value) >= 1e-6):
        return format(Decimal(int(value) if value == int(value) else repr(value)), "f")
    mantissa, _, power = repr(value).partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(power):+d}"


def key(document: dict[str, Any]) -> int:
    """Return the key of a stream: the first 8 bytes of SHA-256 over the canonical JSON."""
    return int.from_bytes(hashlib.sha256(canonical(document).encode()).digest()[:8], "big")


def words(key: int, index: Array) -> Array:
    """Return Philox4x32-10's two 64-bit words `(n, 2)` at the counters `index`, an array `(n,)`.

    Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
    """
    low, half, index = np.uint64(0xFFFFFFFF), np.uint64(32), np.asarray(index, np.uint64)
    k0, k1 = np.uint64(key & 0xFFFFFFFF), np.uint64(key >> 32)
    c0, c1, c2, c3 = index & low, index >> half, np.zeros_like(index), np.zeros_like(index)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (p1 >> half) ^ c1 ^ k0, p1 & low, (p0 >> half) ^ c3 ^ k1, p0 & low
        k0, k1 = (k0 + np.uint64(0x9E3779B9)) & low, (k1 + np.uint64(0xBB67AE85)) & low
    return np.stack([(c1 << half) | c0, (c3 << half) | c2], axis=-1)


def permutation(key: int, n: int, row: int = 0) -> Array:
    """Return the `row`-th uniform permutation of 0 … n − 1 under a key (Fisher and Yates)."""
    draws = words(key, np.arange(row * n, row * n + n))[:, 0].tolist()
    order = list(range(n))
    for i in range(n - 1, 0, -1):
        j = (draws[i] * (i + 1)) >> 64
        order[i], order[j] = order[j], order[i]
    return np.array(order)
