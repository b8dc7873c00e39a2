"""A pyarrow table that also converts to polars and filters by a `where`."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from .where import Where


class Table:
    """A `pyarrow.Table`, as `.arrow`; every attribute and method of it works here too.

    It goes into `pyarrow.table(t)`, `polars.from_arrow(t)` and DuckDB as it is (Arrow's C stream).
    """

    def __init__(self, arrow: pa.Table) -> None:
        self.arrow = arrow

    def to_polars(self) -> Any:
        """Return a `polars.DataFrame`; needs polars."""
        import polars

        return polars.from_arrow(self.arrow)

    def where(self, text: str) -> Table:
        """Keep the rows for which an expression over the columns holds; raises `BadSelection`."""
        return Table(Where(text).filter(self.arrow))

    def __getattr__(self, name: str) -> Any:
        if name == "arrow":  # not set yet: a copy under construction
            raise AttributeError(name)
        return getattr(self.arrow, name)

    def __getitem__(self, key: Any) -> Any:
        return self.arrow[key]

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def __repr__(self) -> str:
        return f"phasezoo.Table of {len(self)} rows\n{self.arrow.schema.to_string()}"

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.arrow.__arrow_c_stream__(requested_schema)


def row_keys(table: pa.Table, columns: list[str]) -> Any:
    """Return one text a row that tells apart the values of `columns`; empty texts of no columns."""
    if not columns:
        return pa.array([""] * table.num_rows)
    return pc.binary_join_element_wise(*(table[c].cast(pa.string()) for c in columns), ";")
