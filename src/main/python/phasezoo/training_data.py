"""What the nets of a population were trained on."""

from __future__ import annotations

import copy
import gzip
import hashlib
from collections.abc import Callable
from functools import reduce
from importlib.resources import files
from operator import getitem
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .draws import key, permutation
from .errors import ChangedFile, NotStored

_DIGITS = "46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a"
_IN_THE_REPOSITORY = Path(__file__).parents[2] / "resources/org/phasezoo/data/digits.csv.gz"


class Data(NamedTuple):
    """Examples and their split.

    `inputs` `(n, channels, height, width)` float32, normalised; `labels` `(n,)` int64; `train` and `test`: the rows of
    each part, in the split's order.
    """

    inputs: np.ndarray[Any, Any]
    labels: np.ndarray[Any, Any]
    train: np.ndarray[Any, Any]
    test: np.ndarray[Any, Any]


def digits(settings: dict[str, Any], split: int) -> Data:
    """Return the 1,797 optical digits of 8 × 8 pixels, divided under the key `split`."""
    packed: Any = files("phasezoo") / "digits.csv.gz"
    packed = packed if packed.is_file() else _IN_THE_REPOSITORY
    content = packed.read_bytes()
    if hashlib.sha256(content).hexdigest() != _DIGITS:
        raise ChangedFile(packed, "its SHA-256 is not the known one", "install phasezoo again")
    table = np.loadtxt(gzip.decompress(content).decode().splitlines(), delimiter=",")
    inputs = (table[:, :64] / 16 - settings["mean"]) / settings["deviation"]
    order, train = permutation(split, len(table)), settings["train"]
    images, labels = inputs.astype(np.float32).reshape(-1, 1, 8, 8), table[:, 64].astype(np.int64)
    return Data(images, labels, order[:train], order[train : train + settings["test"]])


DATASETS: dict[str, Callable[[dict[str, Any], int], Data]] = {"digits": digits}
"""Kind of data set to the function that makes it of its settings and the split's key."""


def of(manifest: dict[str, Any], member: dict[str, Any] | None) -> Data:
    """Return the data of a member of a population, or of all if they share data and split; raises `NotStored`."""
    shared = manifest["shares"].get("split", [])
    name, axes = manifest["population"], manifest["axes"]
    if member is None:
        own = [a["name"] for a in axes if a["name"] not in shared or a["at"].startswith("/study/data/")]
        own += ["seed"] if "seed" not in shared and len({m.get("seed") for m in manifest["members"]}) > 1 else []
        if own:
            raise NotStored(name, f"the members' data differ by {own}", "name a member: data(id)")
        member = manifest["members"][0]
    study: Any = {"study": copy.deepcopy(manifest["study"])}
    for axis in axes:
        *path, last = [int(step) if step.isdigit() else step for step in axis["at"][1:].split("/")]
        reduce(getitem, path, study)[last] = member["cell"][axis["name"]]
    data = study["study"].get("data", {})
    kind = data.get("kind") if isinstance(data, dict) else data
    if kind not in DATASETS:
        raise NotStored(name, f"no data of kind {kind!r} in this package", f"known are {sorted(DATASETS)}")
    stream = {"axes": {n: v for n, v in member["cell"].items() if n not in shared}, "purpose": "split"}
    stream |= {"stream": manifest["stream"]}
    stream |= {"seed": member["seed"]} if "seed" in member and "seed" not in shared else {}
    return DATASETS[kind](data, key(stream))
