"""What the nets of a population were trained on, by the engine's counter-based draws; parts for predictors."""

import copy
import gzip
import hashlib
import json
from decimal import Decimal
from functools import reduce
from importlib.resources import files
from operator import getitem
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .store import BadSelection, ChangedFile, NotStored
from .weights import Array

_DIGITS = "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a"
_IN_THE_REPOSITORY = Path(__file__).parents[2] / "resources/org/phasezoo/data/digits.csv.gz"


class Data(NamedTuple):
    """Examples and their split.

    `inputs` `(n, channels, height, width)` float32, normalised; `labels` `(n,)` int64; `train` and `test`: the rows of
    each part, in the split's order.
    """

    inputs: Array
    labels: Array
    train: Array
    test: Array


def digits(settings: dict[str, Any], split: int) -> Data:
    """Return the 1,797 optical digits of 8 × 8 pixels, divided under the key `split`."""
    packed: Any = files("phasezoo") / "digits.csv.gz"
    packed = packed if packed.is_file() else _IN_THE_REPOSITORY
    content = packed.read_bytes()
    if hashlib.sha256(content).hexdigest() != _DIGITS:
        raise ChangedFile(packed, "its SHA-256 is not the known one", "install phasezoo again")
    table = np.loadtxt(gzip.decompress(content).decode().splitlines(), delimiter=",")
    inputs = ((table[:, :64] / 16 - settings["mean"]) / settings["deviation"]).astype(np.float32)
    order, n = permutation(split, len(table)), settings["train"]
    return Data(inputs.reshape(-1, 1, 8, 8), table[:, 64].astype(np.int64), order[:n], order[n : n + settings["test"]])


def of(manifest: dict[str, Any], members: list[dict[str, Any]]) -> Data:
    """Return the data that some members of a population share, and their split; raises `NotStored`."""
    shared, found = manifest["shares"].get("split", []), set()
    for member in members:
        study: Any = {"study": copy.deepcopy(manifest["study"])}
        for axis in manifest["axes"]:
            *path, last = [int(step) if step.isdigit() else step for step in axis["at"][1:].split("/")]
            reduce(getitem, path, study)[last] = member["cell"][axis["name"]]
        seed = {"seed": member["seed"]} if "seed" in member and "seed" not in shared else {}
        axes = {name: value for name, value in member["cell"].items() if name not in shared}
        stream = {"axes": axes, "purpose": "split", "stream": manifest["stream"]} | seed
        found.add((json.dumps(study["study"].get("data")), key(stream)))
    settings, split = found.pop()
    if found:
        raise NotStored(manifest["population"], "the members differ in data or split", "name a member: data(id)")
    data = json.loads(settings)
    if not isinstance(data, dict) or data.get("kind") != "digits":
        raise NotStored(manifest["population"], f"no data {settings[:60]} in this package", "known are digits")
    return digits(data, split)


def parts(cells: dict[str, dict[str, Any]], part: str) -> set[str]:
    """Return the members, of `cells` by member id, that fall into `train`, `validation` or `test`.

    A fifth of the cells each are for `validation` and `test`; all seeds of a cell fall into one part. Cells are ordered
    by the SHA-256 of their canonical JSON, so the parts depend on the grid alone. Raises `BadSelection`.
    """
    text = {id: canonical(cell) for id, cell in cells.items()}
    order = sorted(set(text.values()), key=lambda cell: hashlib.sha256(cell.encode()).hexdigest())
    n = max(1, len(order) // 5)
    divided = {"test": order[:n], "validation": order[n : 2 * n], "train": order[2 * n :]}
    if part not in divided:
        raise BadSelection(f"split={part!r}", "unknown", f"use one of {sorted(divided)}")
    return {id for id, cell in text.items() if cell in divided[part]}


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
