"""What was measured on a population: values, curves, means over seeds."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from .errors import ChangedFile
from .store import Store, sha256
from .table import Table, row_keys


class Measures:
    """The layer `measures/` over a population, with a manifest of its own."""

    def __init__(self, population: Path, members: Table, check: bool) -> None:
        """Read the manifest; raises `ChangedFile` where another population was measured."""
        self.files = Store(population / "measures", "measures", check)
        if self.files.head["populationManifest"] != sha256(population / "manifest.json"):
            raise ChangedFile(self.files.folder, "measured on another population", "run its suite again")
        self._members = members

    @cached_property
    def long(self) -> Table:
        """A row a value, with its errors, status and residual."""
        return Table(self.files.table("measurements.arrow"))

    @cached_property
    def wide(self) -> Table:
        """A row a member: the columns of `members`, then a column a definition."""
        table = self.long.where("subject == 'member' and status == 'ok'").arrow
        kinds = table.group_by(["definition", "checkpoint"], use_threads=False).aggregate([]).to_pylist()
        names = [kind["definition"] for kind in kinds]
        wide = self._members.arrow
        for kind in kinds:
            name, at = kind["definition"], kind["checkpoint"]
            here = table.filter((pc.field("definition") == name) & (pc.field("checkpoint") == at))
            values = here["value"].take(pc.index_in(wide["id"], value_set=here["a"]))
            wide = wide.append_column(name if names.count(name) == 1 else f"{name}@{at}", values)
        return Table(wide)


def read_cells(path: Path, members: Table, axes: list[str]) -> Table:
    """Read a CSV with a row a cell: axes typed as in `members`, `phase` as text, other columns as numbers."""
    with path.open() as file:
        names = file.readline().strip().split(",")
    types = {n: pa.int64() if n.endswith("_n") else pa.float64() for n in names} | {"phase": pa.string()}
    types |= {n: members.schema.field(n).type for n in axes}
    return Table(csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=types)))


def labels_of(members: Table, cells: Table, axes: list[str]) -> pa.ChunkedArray:
    """Return each member's `phase`, from the table of its cell."""
    return cells["phase"].take(pc.index_in(row_keys(members.arrow, axes), value_set=row_keys(cells.arrow, axes)))
