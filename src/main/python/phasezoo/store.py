"""Files that are compared with their manifest before they are parsed, and tensors out of them."""

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from .errors import ChangedFile, MissingFile, NewerFormat, NotStored, Unfinished
from .table import Table

Array = np.ndarray[Any, Any]
_RESTORE = "restore it, or delete the folder and run its suite again"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    return hashlib.sha256(pa.memory_map(str(path)).read_buffer()).hexdigest()


class Store:
    """The files of a folder, `files` by the names in its `manifest.json`.

    Each is checked once, when it is first asked for: its size always, its SHA-256 unless `check` is false.
    Raises `MissingFile`, `Unfinished`, `NewerFormat`, `ChangedFile`.
    """

    def __init__(self, folder: Path, what: str, check: bool) -> None:
        self.folder, self._check, self._good, place = folder, check, set[str](), folder / "manifest.json"
        if not folder.is_dir():
            raise MissingFile(folder, "no such folder", "make it with ./phasezoo run SUITE")
        if not place.is_file():
            if inside := sorted(p.parent.name for p in folder.glob("*/manifest.json") if p.parent.name != "measures"):
                raise MissingFile(folder, "a folder of populations", f"open one of {inside[:8]}")
            raise Unfinished(place, "missing, so this is unfinished", "run its suite again")
        try:
            self.manifest: dict[str, Any] = json.loads(place.read_bytes())
            version = int(self.manifest["schema"].removeprefix(f"phasezoo.{what}.v"))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ChangedFile(place, f"not the manifest of a {what}", f"open a {what}, or {_RESTORE}") from None
        if version > 1:
            raise NewerFormat(place, f"format {version}, known is 1", "install a newer phasezoo")
        if self.manifest.get("complete") is not True:
            raise Unfinished(place, "does not say complete: true", "run its suite again")
        self.files: dict[str, dict[str, Any]] = {str(f["path"]): f for f in self.manifest["files"]}
        if not all(re.fullmatch(r"[\w-][\w.-]*", name) for name in self.files):
            raise ChangedFile(place, "it names a file outside its folder", _RESTORE)

    def path(self, name: str) -> Path:
        """Return a checked file; raises `NotStored`, `MissingFile` or `ChangedFile`."""
        path, entry = self.folder / name, self.files.get(name)
        if entry is None:
            raise NotStored(path, "not among the files of the manifest", "open a population that has it")
        if not path.is_file():
            raise MissingFile(path, "missing, though the manifest has it", "run its suite again")
        if name not in self._good:
            if (size := path.stat().st_size) != entry["bytes"]:
                raise ChangedFile(path, f"{size} bytes, where the manifest says {entry['bytes']}", _RESTORE)
            if self._check and sha256(path) != entry["sha256"]:
                raise ChangedFile(path, "its SHA-256 is not the manifest's", _RESTORE)
            self._good.add(name)
        return path

    def table(self, name: str) -> Table:
        """Return a checked Arrow file as a table over a memory map: nothing is copied."""
        try:
            return Table(pa.ipc.open_file(pa.memory_map(str(path := self.path(name)))).read_all())
        except pa.ArrowException:
            raise ChangedFile(path, "Arrow cannot read it", _RESTORE) from None


class Weights(Mapping[str, Array]):
    """Some rows of one architecture: tensor name to array `(rows, *shape)`, parameters and buffers.

    An array is made when it is asked for: a read-only view of the mapped file where the rows stand one after the other
    in one record batch, else a copy of just these rows. `rows` is the table of what each row is (`member`,
    `checkpoint`, `update`, `digest`), `layout` gives each tensor's shape and, row-major, its columns in `flat()`.
    """

    def __init__(self, table: Table, index: Array | None = None) -> None:
        """Take the rows `index`, ascending, of a table with columns of tensors; by default all."""
        index = np.arange(len(table)) if index is None else index
        tensors = [field for field in table.schema if pa.types.is_fixed_size_list(field.type)]
        self.rows = Table(table.drop_columns([field.name for field in tensors]).take(index))
        self.layout: dict[str, tuple[tuple[int, ...], slice]] = {}
        self._table, self._index, stop = table, index, 0
        for field in tensors:
            shape = tuple(json.loads(field.metadata[b"shape"]))
            self.layout[field.name] = shape, slice(stop, stop := stop + math.prod(shape))

    def __getitem__(self, name: str) -> Array:
        """Return the array `(rows, *shape)` of a tensor; raises `KeyError`."""
        (shape, _), column, n = self.layout[name], self._table[name], len(self._index)
        one_run = n and self._index[-1] - self._index[0] + 1 == n
        column = column.slice(self._index[0], n) if one_run else column.take(self._index)
        values = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        return np.asarray(values.flatten()).reshape(n, *shape)

    def __iter__(self) -> Iterator[str]:
        return iter(self.layout)

    def __len__(self) -> int:
        return len(self.layout)

    def flat(self) -> Array:
        """Return all tensors side by side, `(rows, numbers)`: a copy, laid out as `layout` says."""
        return np.concatenate([a.reshape(len(self._index), -1) for a in self.values()], axis=1)

    def digests(self) -> list[str]:
        """Compute each row's digest: SHA-256 over its tensors' little-endian bytes, in order."""
        arrays = [np.asarray(array, array.dtype.newbyteorder("<")) for array in self.values()]
        return [hashlib.sha256(b"".join(a[i].tobytes() for a in arrays)).hexdigest() for i in range(len(self._index))]
