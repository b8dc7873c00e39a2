"""A stored population, in one line."""

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from .errors import BadSelection, ChangedFile, MissingFile, NotStored
from .store import Array, Store, Weights, sha256
from .table import Table, parse

if TYPE_CHECKING:
    from torch import Tensor, nn

    from .modules import WeightsDataset


class Data(NamedTuple):
    """All `inputs` `(n, …)` float32, normalised; all `labels` `(n,)` int64; rows of `train` and of `test`, in order."""

    inputs: Array
    labels: Array
    train: Array
    test: Array


class Population(Store):
    """All members of one study over a grid: `open("zoo/<suite>/<profile>/<population>")`. Files are mapped on demand.

    With `check` each file's SHA-256 is compared with the manifest before its first use, without it only its size.
    Raises `MissingFile`, `Unfinished`, `NewerFormat`, `ChangedFile`.
    """

    def __init__(self, path: str | Path, check: bool = True) -> None:
        super().__init__(Path(path).expanduser().resolve(), "population", check)
        self.axes: list[str] = [axis["name"] for axis in self.manifest["axes"]]
        self.architectures = [n[8:-6] for n in self.files if n.startswith("weights-")]  # of which weights are kept
        self._planned: dict[str, dict[str, Any]] = {m["id"]: m for m in self.manifest["members"]}

    def __repr__(self) -> str:
        return f"phasezoo.Population {self.manifest['population']} of {len(self._planned)} members"

    @cached_property
    def members(self) -> Table:
        """A row a member: `id`, the axes, `seed`, `outcome`, `reason`, `updates`, and where its weights are."""
        return self.table("members.arrow")

    @cached_property
    def series(self) -> Table:
        """What the study recorded at steps: `member`, `step`, `observable`, `value`."""
        return self.table("series.arrow")

    @cached_property
    def _measures(self) -> Store:
        measures = Store(self.folder / "measures", "measures", self._check)
        if measures.manifest["populationManifest"] != sha256(self.folder / "manifest.json"):
            raise ChangedFile(measures.folder, "measured on another population", "run its suite again")
        return measures

    @property
    def curves(self) -> Table:
        """Measured functions, a row a point: `subject`, `a`, `b`, `cell`, `checkpoint`, `definition`, `x`, `y`."""
        return self._measures.table("curves.arrow")

    @property
    def cells(self) -> Table:
        """A row a cell: the axes, then each definition's mean over seeds, `_se` and `_n`."""
        return self._by_cell(self._measures.path("cells.csv"))

    @cached_property
    def _wide(self) -> Table:
        wide, table = self.members.arrow, self.metrics().where("subject == 'member' and status == 'ok'")
        kinds = dict.fromkeys(zip(table["definition"].to_pylist(), table["checkpoint"].to_pylist(), strict=True))
        for name, at in kinds:
            here = table.filter((pc.field("definition") == name) & (pc.field("checkpoint") == at))
            values = here["value"].take(pc.index_in(wide["id"], value_set=here["a"]))
            wide = wide.append_column(name if [n for n, _ in kinds].count(name) == 1 else f"{name}@{at}", values)
        return Table(wide)

    def metrics(self, wide: bool = False, where: str | None = None) -> Table:
        """Return what was measured on members, pairs and cells: a row a value, with its errors.

        With `wide` a row a member: its columns, then one for each definition (`definition@checkpoint` where it was
        measured at several), null where the status is not `ok`. `where` selects members (of pairs, the first).
        """
        table = self._wide if wide else self._measures.table("measurements.arrow")
        if where is not None:
            table = Table(table.filter(pc.is_in(table["id" if wide else "a"], value_set=self.select(where)["id"])))
        return table

    def phases(self, rule: str | None = None) -> Table:
        """Return each cell's `phase` and the `probability` of that label, by a rule; the only one needs no name.

        It stands in `results/<suite>/<profile>/` beside `zoo/`. Raises `MissingFile`; `NotStored`, if of other cells.
        """
        results = Path(f"{self.folder}/../../../../results", *self.folder.parts[-3:-1]).resolve()
        found = {p.stem.removeprefix("phases-"): p for p in sorted(results.glob("phases-*.csv"))}
        if (named := rule or "*".join(found)) not in found:
            mend = f"name one of {sorted(found)}" if found else "run its suite with the same --home"
            raise MissingFile(results / f"phases-{rule or '*'}.csv", "no such file", mend)
        table = self._by_cell(found[named])
        if table.column_names[:-2] != self.axes or set(self._places(table)) != set(self._places(self.members)):
            raise NotStored(found[named], f"not over the cells of {self!r}", "open the population that it judges")
        return table

    def _by_cell(self, path: Path) -> Table:
        """Read a CSV with a row a cell: axes typed as in `members`, `phase` as text, other columns as numbers."""
        names = path.read_text().partition("\n")[0].split(",")
        types = {n: pa.int64() if n.endswith("_n") else pa.float64() for n in names} | {"phase": pa.string()}
        types |= {n: self.members.schema.field(n).type for n in self.axes}
        return Table(csv.read_csv(path, convert_options=csv.ConvertOptions(column_types=types)))

    def _places(self, table: Table) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for row in table.select(self.axes).to_pylist()]

    def select(self, where: str | None = None) -> Table:
        """Return the members by their columns, `phase` and definitions measured on members; raises `BadSelection`."""
        table = self.members
        if where is None:
            return table
        names = parse(where)[1] - set(table.column_names)
        if names - {"phase"}:
            table = self.metrics(wide=True)
        if "phase" in names:
            phases = dict(zip(self._places(found := self.phases()), found["phase"].to_pylist(), strict=True))
            table = Table(table.append_column("phase", [[phases[place] for place in self._places(self.members)]]))
        return Table(table.where(where).select(self.members.column_names))

    def weights(self, where: str | None = None, checkpoint: str | None = None) -> dict[str, Weights]:
        """Return for each architecture its tensors by name, `(rows, *shape)`, a row a member.

        `checkpoint`: by default the only one kept, else `last`. Members that did not keep it are left out, and so are
        architectures without a row. Raises `NotStored`, `BadSelection`.
        """
        if not self.architectures:
            raise NotStored(self.folder, "no weights are kept", "open a population of nets")
        ids = self.select(where)["id"]
        wanted = {self._planned[id]["architecture"] for id in ids.to_pylist()}
        chosen = {a: self._rows(f"weights-{a}.arrow", ids, checkpoint) for a in self.architectures if a in wanted}
        return {architecture: weights for architecture, weights in chosen.items() if len(weights.rows)}

    def state_dict(self, id: str, checkpoint: str | None = None) -> "dict[str, Tensor]":
        """Return a member's tensors by PyTorch's names: copies, free to be written. Raises `NotStored`."""
        import torch

        weights = self._row(f"weights-{self._member(id)['architecture']}.arrow", id, checkpoint)
        return {name: torch.tensor(array[0]) for name, array in weights.items()}

    def module(self, id: str, checkpoint: str | None = None) -> "nn.Module":
        """Return a member as a module in evaluation mode, in the precision of its weights; raises `NotStored`."""
        from .modules import Net

        return Net(self.path(f"model-{self._member(id)['architecture']}.json"), self.state_dict(id, checkpoint)).eval()

    def probe(self, id: str, checkpoint: str | None = None) -> tuple[Array, Array]:
        """Return the first 32 inputs `(32, …)` and the engine's outputs `(32, classes)`, of the weights' type."""
        outputs = self._row("probe.arrow", id, checkpoint)["outputs"][0]
        return Weights(self.table("probe-inputs.arrow"))["inputs"], outputs

    def dataset(
        self, target: str = "accuracy.test.v1", split: str | None = None, where: str | None = None, checkpoint: str = ""
    ) -> "WeightsDataset":
        """Return nets with a target measured on members, as a torch `Dataset` of `(tensors by name, target)`.

        `split`: `train`, `validation` or `test`. The latter two have a fifth of the cells each, `test` those whose JSON
        (sorted keys, no spaces) have the smallest SHA-256: the grid alone decides, and no cell has seeds in two.
        `checkpoint`: by default the one at which the target was measured. Raises `NotStored`, `BadSelection`.
        """
        from .modules import WeightsDataset

        rows = self.metrics().where(f"subject == 'member' and status == 'ok' and definition == {target!r}").to_pylist()
        at = [checkpoint] if checkpoint else sorted({row["checkpoint"] for row in rows})
        if not rows or len(at) > 1:
            known = at or self._wide.column_names[len(self.members.column_names) :]
            raise NotStored(target, f"measured at {at}" if at else "not measured on members", f"name one of {known}")
        targets = {row["a"]: row["value"] for row in rows if row["checkpoint"] in (*at, "")}
        if split is not None:
            text = {id: json.dumps(m["cell"], sort_keys=True, separators=(",", ":")) for id, m in self._planned.items()}
            order = sorted(set(text.values()), key=lambda cell: hashlib.sha256(cell.encode()).hexdigest())
            n = max(1, len(order) // 5)
            parts = {"test": order[:n], "validation": order[n : 2 * n], "train": order[2 * n :]}
            if split not in parts:
                raise BadSelection(f"split={split!r}", "unknown", f"use one of {sorted(parts)}")
            targets = {id: value for id, value in targets.items() if text[id] in parts[split]}
        return WeightsDataset(self.weights(where, at[0] or None), targets)

    def data(self, id: str | None = None) -> Data:
        """Return a member's training data and split; `id` may be left out where all share them. Raises `NotStored`."""
        splits, ids = self.table("splits.arrow"), set(self._planned if id is None else [self._member(id)["id"]])
        rows = [row for row, members in enumerate(splits["members"].to_pylist()) if not ids.isdisjoint(members)]
        if len(rows) > 1:
            raise NotStored(self.folder, "the members differ in data or split", "name a member: data(id)")
        (split,) = splits.slice(rows[0], 1).to_pylist()
        examples, parts = self.table(split["data"]), [np.array(split[part]) for part in ("train", "test")]
        return Data(Weights(examples)["input"], examples["label"].to_numpy(), *parts)

    def verify(self) -> dict[str, int]:
        """Check all files, measures' too, and rows' digests; return how many `files` and `rows`. Raises as `open`."""
        stores, rows = [self, self._measures] if (self.folder / "measures").is_dir() else [self], 0
        for store in stores:
            store._check, store._good = True, set()
        files = [store.path(name) for store in stores for name in store.files]
        for name in self.files:
            if name.startswith("weights-") or name == "probe.arrow":
                weights = Weights(self.table(name))
                if weights.digests() != weights.rows["digest"].to_pylist():
                    raise ChangedFile(self.folder / name, "a row differs from its digest", "run its suite again")
                rows += len(weights.rows)
        return {"files": len(files), "rows": rows}

    def _member(self, id: str) -> dict[str, Any]:
        if id not in self._planned:
            raise NotStored(self.folder, f"no member {id[:70]!r}", "take an id of .members")
        return self._planned[id]

    def _row(self, file: str, id: str, checkpoint: str | None) -> Weights:
        row = self._rows(file, pa.array([self._member(id)["id"]]), checkpoint)
        if not len(row.rows):
            raise NotStored(self.folder / file, f"no row of {id[:8]}…", "a net that did not finish may keep none")
        return row

    def _rows(self, file: str, ids: pa.Array | pa.ChunkedArray, checkpoint: str | None) -> Weights:
        """Return the rows of these members at a checkpoint, in the file's order."""
        table = self.table(file)
        kept = pc.unique(table["checkpoint"]).to_pylist()
        at = checkpoint or (kept[0] if len(kept) == 1 else "last")
        if at not in kept:
            raise NotStored(self.folder / file, f"no checkpoint {at!r}", f"name one of {kept}")
        mask = pc.and_(pc.equal(table["checkpoint"], at), pc.is_in(table["member"], value_set=ids))
        return Weights(table, np.flatnonzero(mask.to_numpy()))
