"""What needs torch: a stored net, run by its graph an op at a time, and a data set of weights."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import Dataset

from .errors import NotStored
from .store import Weights


def _broadcast(x: Tensor, shape: list[int], axes: list[int]) -> Tensor:
    return x.reshape([dict(zip(axes, x.shape, strict=True)).get(a, 1) for a in range(len(shape))]).expand(shape)


def _take(x: Tensor, shape: list[int], index: Tensor) -> Tensor:  # element −1 is 0
    return F.pad(x.reshape(math.prod(shape) // len(index), -1), (0, 1))[:, index.to(x.device)].reshape(shape)


# The ops of org.phasezoo.graph.Op, on their inputs and settings; those without are given a tensor of the net.
_OPS: dict[str, Callable[..., Tensor]] = {
    "constant": lambda x, value: x.new_full((), value),
    "iota": lambda x, shape, axis: _broadcast(torch.arange(shape[axis]).to(x), shape, [axis]),
    "relu": lambda x, slope: F.leaky_relu(x, slope),
    "relu-slope": lambda x, slope: torch.where(x > 0, torch.ones_like(x), slope),
    "stop-gradient": torch.detach,
    "at-most": lambda a, b: (a <= b).to(a),
    "where": lambda a, b: torch.where(b != 0, a, 0),
    "broadcast": _broadcast,
    "sum": lambda x, axes: x.sum(axes),
    "first-max": lambda x: (torch.arange(x.shape[-1], device=x.device) == x.argmax(-1, keepdim=True)).to(x),
    "contract": lambda a, b, **turn: (a.mT if turn["transposeLeft"] else a) @ (b.mT if turn["transposeRight"] else b),
    "convolve": lambda x, w, padding, stride: F.conv2d(x, w, None, stride, padding),
    "average-pool": lambda x, size: F.avg_pool2d(x, size),
    "take": _take,
    "gather": lambda table, rows: F.pad(table, (0, 0) * (table.dim() - 1) + (0, 1))[rows.long()],  # row −1 is 0
    "segment-sum": lambda x, segments, shape: x.new_zeros(shape).index_add(0, segments.long(), x),
}
_SAME_NAMES = "add subtract multiply divide minimum exp log tanh erf sqrt sin cos reshape"
_OPS |= {"negate": torch.neg} | {name: getattr(torch, name) for name in _SAME_NAMES.split()}


class Net(nn.Module):
    """The net of a `model-<architecture>.json`: of images, `(n, channels, height, width)` to `(n, classes)`.

    Parameters and buffers have the stored tensors' names. It computes what the engine computes in evaluation: batch
    norms use the stored statistics in `train()` too. Raises `NotStored` where an op of its graph is unknown.
    """

    def __init__(self, file: Path, state: dict[str, Tensor]) -> None:
        super().__init__()
        graph = (model := json.loads(file.read_bytes()))["graph"]
        for tensor in model["tensors"]:
            *path, last = tensor["name"].split(".")
            owner: nn.Module = self
            for step in path:
                owner = owner._modules.setdefault(step, nn.Module()) or owner
            values = state[tensor["name"]]
            setattr(owner, last, nn.Buffer(values) if tensor["role"] == "buffer" else nn.Parameter(values))
        self._last = {i: k for k, node in enumerate(graph) for i in node["of"]}  # where node i is read last
        self._rows = {n["name"]: n["shape"][0] for n in graph if n["op"] == "input" and n["name"] not in state}
        self._nodes: list[tuple[str, list[int], dict[str, Any]]] = []
        for node in graph:
            if node["op"] not in ("input", *_OPS):
                raise NotStored(file, f'cannot run the op "{node["op"]}"', "install a newer phasezoo")
            if "from" in node:
                node["index"] = torch.cat([torch.arange(n) * step + first for first, step, n in node.pop("from")])
            self._nodes.append((node.pop("op"), node.pop("of"), node))

    def forward(self, x: Tensor | None = None, **inputs: Any) -> Tensor:
        """Return the outputs of a batch of any size: of `x`, or of inputs and numbers of rows by their names."""
        inputs |= {} if x is None else {"x": x}
        tensors, values = self.state_dict(keep_vars=True) | inputs, dict[int, Tensor]()
        rows = inputs | {rows: len(inputs[name]) for name, rows in self._rows.items()}
        for k, (op, of, settings) in enumerate(self._nodes):
            if "shape" in settings:  # a name stands for a number of rows
                settings = settings | {"shape": [rows[n] if isinstance(n, str) else n for n in settings["shape"]]}
            read = [values[i] for i in of] or [next(iter(tensors.values()))]
            values[k] = tensors[settings["name"]] if op == "input" else _OPS[op](*read, **settings)
            for i in {i for i in of if self._last[i] == k}:
                del values[i]
        return values[k]


class WeightsDataset(Dataset[tuple[dict[str, Tensor], Tensor]]):
    """Item i: the tensors of net i by name (copies), and its target as a float32 scalar; nets without one are left out.

    `members` and `architectures` say what net i is; nets of several architectures have tensors of several shapes.
    """

    def __init__(self, weights: dict[str, Weights], targets: dict[str, float]) -> None:
        self._tensors = {a: dict(w) for a, w in weights.items()}
        rows = [(a, i, m) for a, w in weights.items() for i, m in enumerate(w.rows["member"].to_pylist())]
        self._rows = [row for row in rows if row[2] in targets]
        self.architectures, self.members = [a for a, _, _ in self._rows], [m for _, _, m in self._rows]
        self.targets = torch.tensor([targets[m] for m in self.members], dtype=torch.float32)

    def __len__(self) -> int:
        return len(self.members)

    def __getitem__(self, i: int) -> tuple[dict[str, Tensor], Tensor]:
        architecture, row, _ = self._rows[i]
        return {n: torch.tensor(t[row]) for n, t in self._tensors[architecture].items()}, self.targets[i]
