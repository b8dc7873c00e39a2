"""Tensors by name out of a weights file."""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from .table import Table

Array = np.ndarray[Any, Any]


class Slot(NamedTuple):
    """Where a tensor lies in a flat row: columns `start` to `stop`, of this shape, row-major."""

    name: str
    shape: tuple[int, ...]
    start: int
    stop: int


class Weights(Mapping[str, Array]):
    """Some rows of one architecture: tensor name to array `(rows, *shape)`, parameters and buffers.

    An array is made when it is asked for: a read-only view of the mapped file where the rows stand one after the other
    in one record batch, else a copy of just these rows. `rows` is the table of what each row is (`member`,
    `checkpoint`, `update`, `digest`), `layout` where each tensor lies in `flat()`.
    """

    def __init__(self, table: pa.Table, index: Array | None = None) -> None:
        """Take the rows `index`, ascending, of a table with columns of tensors; by default all."""
        index = np.arange(len(table)) if index is None else index
        tensors = [field for field in table.schema if pa.types.is_fixed_size_list(field.type)]
        self.rows = Table(table.drop_columns([field.name for field in tensors]).take(index))
        self._table, self._index, self.layout = table, index, list[Slot]()
        stop = 0
        for field in tensors:
            shape = tuple(json.loads(field.metadata[b"shape"]))
            self.layout.append(Slot(field.name, shape, stop, stop := stop + math.prod(shape)))
        self._shapes = {slot.name: slot.shape for slot in self.layout}

    def __getitem__(self, name: str) -> Array:
        """Return the array `(rows, *shape)` of a tensor; raises `KeyError`."""
        shape, column, n = self._shapes[name], self._table[name], len(self._index)
        one_run = n and self._index[-1] - self._index[0] + 1 == n
        column = column.slice(self._index[0], n) if one_run else column.take(self._index)
        values = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        return values.flatten().to_numpy().reshape(n, *shape)

    def __iter__(self) -> Iterator[str]:
        return iter(self._shapes)

    def __len__(self) -> int:
        return len(self._shapes)

    def flat(self) -> Array:
        """Return all tensors side by side, `(rows, numbers)`: a copy, laid out as `layout` says."""
        return np.concatenate([a.reshape(len(self._index), -1) for a in self.values()], axis=1)

    def digests(self) -> list[str]:
        """Compute each row's digest: SHA-256 over its tensors' little-endian bytes, in order."""
        hashes = [hashlib.sha256() for _ in self._index]
        for array in self.values():
            for digest, row in zip(hashes, np.asarray(array, array.dtype.newbyteorder("<")), strict=True):
                digest.update(row.tobytes())
        return [digest.hexdigest() for digest in hashes]
