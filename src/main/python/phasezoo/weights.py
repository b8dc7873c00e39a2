"""Tensors by name out of a weights file."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from .table import Table


class Slot(NamedTuple):
    """Where a tensor lies in a flat row: columns `start` to `stop`, of this shape, row-major."""

    name: str
    shape: tuple[int, ...]
    start: int
    stop: int


class Weights(Mapping[str, np.ndarray[Any, Any]]):
    """Some rows of one architecture: tensor name to array `(rows, *shape)`, parameters and buffers.

    An array is made when it is asked for: a read-only view of the mapped file where the rows stand one after the other
    in one record batch, else a copy of just these rows. `rows` is the table of what each row is (`member`,
    `checkpoint`, `update`, `digest`), `layout` where each tensor lies in `flat()`.
    """

    def __init__(self, table: pa.Table, index: np.ndarray[Any, Any]) -> None:
        """Take the rows `index`, ascending, of a weights file."""
        self._table, self._index = table, index
        tensors = [field for field in table.schema if pa.types.is_fixed_size_list(field.type)]
        self.rows = Table(table.drop_columns([field.name for field in tensors]).take(index))
        self.layout: list[Slot] = []
        stop = 0
        for field in tensors:
            shape = tuple(json.loads(field.metadata[b"shape"]))
            self.layout.append(Slot(field.name, shape, stop, stop := stop + math.prod(shape)))
        self._shapes = {slot.name: slot.shape for slot in self.layout}

    def __getitem__(self, name: str) -> np.ndarray[Any, Any]:
        """Return the array `(rows, *shape)` of a tensor; raises `KeyError`."""
        shape = self._shapes[name]
        pieces, first = [], 0
        for chunk in self._table[name].chunks:
            here = self._index[(self._index >= first) & (self._index < first + len(chunk))] - first
            if len(here):
                values = chunk.flatten().to_numpy(zero_copy_only=True).reshape(len(chunk), *shape)
                one_run = here[-1] - here[0] + 1 == len(here)
                pieces.append(values[here[0] : here[-1] + 1] if one_run else values[here])
            first += len(chunk)
        if not pieces:
            return np.empty((0, *shape), self._table.schema.field(name).type.value_type.to_pandas_dtype())
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)

    def __iter__(self) -> Iterator[str]:
        return iter(self._shapes)

    def __len__(self) -> int:
        return len(self._shapes)

    def flat(self) -> np.ndarray[Any, Any]:
        """Return all tensors side by side, `(rows, numbers)`: a copy, laid out as `layout` says."""
        return np.concatenate([self[n].reshape(len(self._index), -1) for n in self], axis=1)

    def digests(self) -> list[str]:
        """Compute each row's digest: SHA-256 over its tensors' little-endian bytes, in order."""
        hashes = [hashlib.sha256() for _ in self._index]
        for array in self.values():
            for digest, row in zip(hashes, np.asarray(array, array.dtype.newbyteorder("<")), strict=True):
                digest.update(row.tobytes())
        return [digest.hexdigest() for digest in hashes]
