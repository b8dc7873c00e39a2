"""A stored population, in one line."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import training_data
from .errors import ChangedFile, MissingFile, NotStored
from .measures import Measures, labels_of, read_cells
from .store import Store
from .table import Table, row_keys
from .weights import Weights
from .where import Where

if TYPE_CHECKING:
    import torch

    from .dataset import WeightsDataset


class Probe(NamedTuple):
    """The first 32 `inputs` `(32, …)` of the data and the engine's `outputs` `(32, classes)`."""

    inputs: np.ndarray[Any, Any]
    outputs: np.ndarray[Any, Any]


def open(path: str | Path, check: bool = True) -> Population:
    """Open `zoo/<suite>/<profile>/<population>`.

    With `check` each file's SHA-256 is compared with the manifest before its first use, without it only its size.
    Raises `MissingFile`, `Unfinished`, `NewerFormat`, `ChangedFile`.
    """
    return Population(Path(path).expanduser().resolve(), check)


class Population:
    """All members of one study over a grid; made by `open`. Files are mapped when they are asked for."""

    def __init__(self, folder: Path, check: bool = True) -> None:
        self.folder, self._check = folder, check
        self._files = Store(folder, "population", check)
        self.manifest: dict[str, Any] = self._files.head
        self.axes: list[str] = [axis["name"] for axis in self.manifest["axes"]]
        self._planned: dict[str, dict[str, Any]] = {m["id"]: m for m in self.manifest["members"]}

    def __repr__(self) -> str:
        return f"phasezoo.Population {self.manifest['population']} of {len(self._planned)} members"

    @cached_property
    def members(self) -> Table:
        """A row a member: `id`, the axes, `seed`, `outcome`, `reason`, `updates`, and where its weights are."""
        return Table(self._files.table("members.arrow"))

    @cached_property
    def series(self) -> Table:
        """What the study recorded at steps: `member`, `step`, `observable`, `value`."""
        return Table(self._files.table("series.arrow"))

    @cached_property
    def _measures(self) -> Measures:
        return Measures(self.folder, self.members, self._check)

    @property
    def curves(self) -> Table:
        """Measured functions, a row a point: `subject`, `a`, `b`, `cell`, `checkpoint`, `definition`, `x`, `y`."""
        return Table(self._measures.files.table("curves.arrow"))

    @property
    def cells(self) -> Table:
        """A row a cell: the axes, then each definition's mean over seeds, `_se` and `_n`."""
        return read_cells(self._measures.files.path("cells.csv"), self.members, self.axes)

    def metrics(self, wide: bool = False, where: str | None = None) -> Table:
        """Return what was measured on members, pairs and cells: a row a value, with its errors.

        With `wide` a row a member: its columns, then one for each definition (`definition@checkpoint` where it was
        measured at several), null where the status is not `ok`. `where` selects members (of pairs, the first).
        """
        table = self._measures.wide if wide else self._measures.long
        if where is None:
            return table
        return Table(table.filter(pc.is_in(table["id" if wide else "a"], value_set=self.select(where)["id"])))

    def phases(self, rule: str | None = None) -> Table:
        """Return each cell's `phase` and the `probability` of that label, by a rule.

        The table stands in `results/<suite>/<profile>/` beside `zoo/`; `rule` may be left out where there is one.
        Raises `MissingFile`, and `NotStored` where the rule judges another population.
        """
        profile = self.folder.parent
        results = profile.parents[1].parent / "results" / profile.parent.name / profile.name
        found = {p.stem.removeprefix("phases-"): p for p in sorted(results.glob("phases-*.csv"))}
        if not found or rule not in (None, *found):
            mend = f"there are {sorted(found)}" if found else "run its suite with the same --home"
            raise MissingFile(results / f"phases-{rule or '*'}.csv", "no such file", mend)
        if rule is None and len(found) > 1:
            raise NotStored(results, "several rules", f"name one of {sorted(found)}")
        path = found[rule or next(iter(found))]
        table = read_cells(path, self.members, self.axes)
        same = table.column_names == [*self.axes, "phase", "probability"]
        grids = [set(row_keys(t.arrow, self.axes).to_pylist()) for t in (table, self.members)] if same else [0, 1]
        if grids[0] != grids[1]:
            raise NotStored(path, f"not over the cells of {self!r}", "open the population that it judges")
        return table

    def select(self, where: str | None = None) -> Table:
        """Return the members for which `where` holds.

        It may name the columns of `members`, `phase`, and the definitions measured on members. Raises `BadSelection`.
        """
        if where is None:
            return self.members
        condition, columns = Where(where), self.members.column_names
        table = self.members.arrow
        if "phase" in condition.names:
            table = table.append_column("phase", labels_of(self.members, self.phases(), self.axes))
        if condition.names - set(table.column_names):
            for name in self._measures.wide.column_names[len(columns) :]:
                table = table.append_column(name, self._measures.wide[name])
        return Table(condition.filter(table).select(columns))

    @property
    def architectures(self) -> list[str]:
        """The architectures of which weights are kept, in the manifest's order."""
        return [n[len("weights-") : -len(".arrow")] for n in self._files.names() if n.startswith("weights-")]

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

    def state_dict(self, id: str, checkpoint: str | None = None) -> dict[str, torch.Tensor]:
        """Return a member's tensors by PyTorch's names: copies, free to be written. Raises `NotStored`."""
        import torch

        weights = self._row(f"weights-{self._member(id)['architecture']}.arrow", id, checkpoint)
        return {name: torch.from_numpy(np.array(array[0])) for name, array in weights.items()}

    def module(self, id: str, checkpoint: str | None = None) -> torch.nn.Module:
        """Return a member as a module in evaluation mode, in the precision of its weights. Raises `NotStored`."""
        from .modules import build

        state = self.state_dict(id, checkpoint)
        architecture = self._planned[id]["architecture"]
        model = json.loads(self._files.path(f"model-{architecture}.json").read_bytes())
        module = build(architecture, model).to(next(iter(state.values())).dtype)
        module.load_state_dict(state)
        return module.eval()

    def probe(self, id: str, checkpoint: str | None = None) -> Probe:
        """Return the stored inputs and what the engine made of them; raises `NotStored`."""
        self._member(id)
        outputs = self._row("probe.arrow", id, checkpoint)["outputs"][0]
        inputs = self._files.table("probe-inputs.arrow")
        return Probe(Weights(inputs, np.arange(inputs.num_rows))["inputs"], outputs)

    def dataset(
        self,
        target: str = "accuracy.test.v1",
        split: str | None = None,
        where: str | None = None,
        checkpoint: str | None = None,
    ) -> WeightsDataset:
        """Return nets with a target measured on members, as a torch `Dataset` of `(tensors by name, target)`.

        `split`: `train`, `validation` or `test`, drawn by cell, so that no cell has seeds in two; `checkpoint`: by
        default the one at which the target was measured. Raises `NotStored`, `BadSelection`.
        """
        from .dataset import WeightsDataset, parts

        measured = self.metrics().where("subject == 'member' and status == 'ok'")
        rows = measured.filter(pc.field("definition") == target).select(["a", "checkpoint", "value"]).to_pylist()
        at = sorted({row["checkpoint"] for row in rows} if checkpoint is None else {checkpoint})
        if not rows or len(at) > 1:
            known = at or sorted(set(measured["definition"].to_pylist()))
            raise NotStored(target, f"measured at {at}" if at else "not measured on members", f"name one of {known}")
        targets = {row["a"]: row["value"] for row in rows if row["checkpoint"] in (*at, "")}
        if split is not None:
            inside = parts({m["id"]: m["cell"] for m in self.manifest["members"]}, split)
            targets = {id: value for id, value in targets.items() if id in inside}
        return WeightsDataset(self.weights(where, at[0] or None), targets)

    def data(self, id: str | None = None) -> training_data.Data:
        """Return the training data as arrays, with the split of a member.

        `id` may be left out where all members share data and split. Raises `NotStored`.
        """
        return training_data.of(self.manifest, None if id is None else self._member(id))

    def verify(self) -> dict[str, int]:
        """Check every file's SHA-256 and every row's digest; return how many `files` and `rows`.

        Measures are checked where they stand. Raises `ChangedFile`, `MissingFile`, `Unfinished`, `NewerFormat`.
        """
        files, rows = self._files.verify(), 0
        if (self.folder / "measures").is_dir():
            files += Measures(self.folder, self.members, True).files.verify()
        for name in self._files.names():
            if name.startswith("weights-") or name == "probe.arrow":
                table = self._files.table(name)
                weights = Weights(table, np.arange(table.num_rows))
                if weights.digests() != weights.rows["digest"].to_pylist():
                    raise ChangedFile(self.folder / name, "a row differs from its digest", "run its suite again")
                rows += table.num_rows
        return {"files": files, "rows": rows}

    def _member(self, id: str) -> dict[str, Any]:
        if id not in self._planned:
            raise NotStored(self.folder, f"no member {id[:70]!r}", "take an id of .members")
        return self._planned[id]

    def _row(self, file: str, id: str, checkpoint: str | None) -> Weights:
        row = self._rows(file, pa.array([id]), checkpoint)
        if not len(row.rows):
            raise NotStored(self.folder / file, f"no row of {id[:8]}…", "a net that did not finish may keep none")
        return row

    def _rows(self, file: str, ids: pa.Array | pa.ChunkedArray, checkpoint: str | None) -> Weights:
        """Return the rows of these members at a checkpoint, in the file's order."""
        if file not in self._files.names():
            raise NotStored(self.folder / file, "not among its files", "open a population of nets that finished")
        table = self._files.table(file)
        kept = pc.unique(table["checkpoint"]).to_pylist()
        at = checkpoint or (kept[0] if len(kept) == 1 else "last")
        if at not in kept:
            raise NotStored(self.folder / file, f"no checkpoint {at!r}", f"name one of {kept}")
        mask = pc.and_(pc.equal(table["checkpoint"], at), pc.is_in(table["member"], value_set=ids))
        return Weights(table, np.flatnonzero(mask.to_numpy()))
