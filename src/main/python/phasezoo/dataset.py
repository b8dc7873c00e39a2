"""Weights with a measured target, for predictors. Needs torch."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import torch
from torch.utils.data import Dataset

from .draws import canonical
from .errors import BadSelection
from .weights import Weights


class WeightsDataset(Dataset[tuple[dict[str, torch.Tensor], torch.Tensor]]):
    """Item i: the tensors of net i by name, and its target as a float32 scalar.

    `members` and `architectures` say what net i is. Nets of several architectures have tensors of several shapes:
    choose one by `where`, or collate them yourself.
    """

    def __init__(self, weights: dict[str, Weights], targets: dict[str, float]) -> None:
        """Keep the nets that have a target, `targets` being by member id."""
        self._tensors = {a: dict(w) for a, w in weights.items()}
        self._places = [
            (a, row, member)
            for a, w in weights.items()
            for row, member in enumerate(w.rows["member"].to_pylist())
            if member in targets
        ]
        self.architectures = [a for a, _, _ in self._places]
        self.members = [member for _, _, member in self._places]
        self.targets = torch.tensor([targets[m] for m in self.members], dtype=torch.float32)

    def __len__(self) -> int:
        """Return the number of nets."""
        return len(self._places)

    def __getitem__(self, i: int) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        """Return the tensors (copies) and the target of net i."""
        a, row, _ = self._places[i]
        tensors = {n: torch.from_numpy(np.array(t[row])) for n, t in self._tensors[a].items()}
        return tensors, self.targets[i]


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
