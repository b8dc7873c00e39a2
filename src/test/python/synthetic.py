"""Populations that no run has made: float64, several record batches, as many rows as one asks for."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pyarrow as pa


def describe(file: Path) -> dict:
    """Return the manifest's entry of a file."""
    content = file.read_bytes()
    return {"path": file.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def close(folder: Path, **head) -> None:
    """Write the manifest over the files that stand in a folder."""
    files = [describe(f) for f in sorted(folder.iterdir()) if f.is_file() and f.name != "manifest.json"]
    (folder / "manifest.json").write_text(json.dumps(head | {"complete": True, "files": files}))


def write(file: Path, table: pa.Table, rows: int = 1 << 30) -> None:
    """Write a table as an Arrow file, in batches of so many rows."""
    with pa.ipc.new_file(file, table.schema) as out:
        out.write_table(table, max_chunksize=rows)


def tensor_table(members: list[str], checkpoints: list[str], tensors: dict[str, np.ndarray]) -> pa.Table:
    """Return a weights file's table of arrays `(rows, *shape)`."""
    n = len(members)
    hashes = [hashlib.sha256(b"".join(a[i].tobytes() for a in tensors.values())).hexdigest() for i in range(n)]
    columns = {"member": members, "checkpoint": checkpoints, "update": pa.array(range(n), pa.int64()), "digest": hashes}
    table = pa.table(columns)
    for name, a in tensors.items():
        list_ = pa.FixedSizeListArray.from_arrays(pa.array(a.ravel()), a[0].size)
        shape = json.dumps(a.shape[1:], separators=(",", ":"))
        table = table.append_column(pa.field(name, list_.type, metadata={"shape": shape}), list_)
    return table


def head(members: list[str], architecture: str) -> dict:
    """Return what a population's manifest says beside its files."""
    planned = [
        {"id": m, "cell": {"width": i // 2}, "seed": i % 2, "architecture": architecture} for i, m in enumerate(members)
    ]
    return {
        "schema": "phasezoo.population.v1",
        "population": "synthetic",
        "study": {"kind": "training"},
        "axes": [{"name": "width", "at": "/study/width", "role": "load"}],
        "stream": "",
        "shares": {},
        "members": planned,
    }


def population(folder: Path, members: list[str], architecture: str, graph: list[dict], weights: pa.Table) -> None:
    """Write a population of nets, two seeds a width, three rows a record batch."""
    folder.mkdir(parents=True)
    n = len(members)
    ends = {"outcome": ["finished"] * n, "reason": [""] * n, "updates": [1] * n}
    place = {"weights_file": [f"weights-{architecture}.arrow"] * n, "weights_row": list(range(n))}
    axes = {"id": members, "width": [i // 2 for i in range(n)], "seed": [i % 2 for i in range(n)]}
    write(folder / "members.arrow", pa.table(axes | ends | place))
    write(folder / f"weights-{architecture}.arrow", weights, rows=3)
    tensors = [
        {
            "name": f.name,
            "shape": json.loads(f.metadata[b"shape"]),
            "role": "buffer" if "running" in f.name else "weight",
        }
        for f in weights.schema
        if f.metadata
    ]
    (folder / f"model-{architecture}.json").write_text(json.dumps({"tensors": tensors, "graph": graph}))
    close(folder, **head(members, architecture))


def data(folder: Path, splits: list[tuple[str, list[str], list[int], list[int]]], inputs: np.ndarray) -> None:
    """Add data files, the k-th of k + 1 times these inputs and of labels 0, 1, 2, …, and the splits over them."""
    for k, file in enumerate(dict.fromkeys(split[0] for split in splits)):
        lists = pa.FixedSizeListArray.from_arrays(pa.array((k + 1) * inputs.ravel()), inputs[0].size)
        shape = json.dumps(inputs.shape[1:], separators=(",", ":"))
        schema = pa.schema([pa.field("input", lists.type, metadata={"shape": shape}), pa.field("label", pa.int64())])
        write(folder / file, pa.table([lists, pa.array(range(len(inputs)))], schema), rows=2)
    names = ["data", "members", "train", "test"]
    write(folder / "splits.arrow", pa.table(dict(zip(names, zip(*splits, strict=True), strict=True))), rows=1)
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["files"], manifest["complete"]
    close(folder, **manifest)


def measures(population: Path, table: pa.Table) -> None:
    """Write measures over a population."""
    folder = population / "measures"
    folder.mkdir()
    write(folder / "measurements.arrow", table)
    measured = describe(population / "manifest.json")["sha256"]
    close(folder, schema="phasezoo.measures.v1", populationManifest=measured)
