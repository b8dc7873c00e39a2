"""Nets that are trained on streams of examples, by hand in PyTorch and by their stored graphs."""

import json
import os

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.func import jvp
from torch.nn import functional as F

import phasezoo as pz

from conftest import populations

ROOTS = 5
BENT = {"tanh": torch.tanh, "gelu": F.gelu, "silu": F.silu, "sin": torch.sin, "relu": torch.relu, "swish": F.silu}


def velocity_net(p: dict[str, Tensor], settings: dict, x: Tensor) -> Tensor:
    z, r, t = x[:, :2], x[:, 2:3], x[:, 3:]
    h = F.linear(z, p["place"]) + F.linear(t, p["time"]) + F.linear(t - r, p["span"], p["bias"])
    for layer in ("1", "2"):
        h = F.linear(F.silu(h), p["weight" + layer], p["bias" + layer])
    return F.linear(F.silu(h), p["out"], p["out.bias"])


def path_net(p: dict[str, Tensor], settings: dict, x: Tensor) -> Tensor:
    bent = BENT[settings["activation"]]
    h = bent(F.linear(x, p["weight0"], p["bias0"]))
    return F.linear(bent(F.linear(h, p["weight1"], p["bias1"])), p["weight2"], p["bias2"])


def modular_net(p: dict[str, Tensor], settings: dict, x: Tensor) -> Tensor:
    a, b = (p["embedding"][x[:, i].long()] for i in (0, 1))
    return torch.relu(a @ p["left"] + b @ p["right"] + p["shift"]) @ p["readout"] + p["readout.shift"]


def frozen_ends(p: dict[str, Tensor], settings: dict, x: Tensor) -> Tensor:
    return torch.tanh(torch.tanh(x @ p["entry"].T) @ p["weight"].T) @ p["readout"].T


def two_layer(p: dict[str, Tensor], settings: dict, x: Tensor) -> Tensor:
    def f(u: Tensor, v: Tensor) -> Tensor:
        h = BENT[settings["activation"]](x @ u.T / settings["inputs"] ** 0.5)
        return h @ v.T / settings["width"] ** 0.5

    at = p["weight"], p["readout"]
    if settings["kind"] == "two-layer-net":
        return f(*at)
    start = p["start.weight"], p["start.readout"]
    along = tuple(now - before for now, before in zip(at, start, strict=True))
    value, first = jvp(f, start, along)
    second = jvp(lambda *there: jvp(f, there, along)[1], start, along)[1]
    return value + first + (second / 2 if settings["kind"] == "two-layer-quadratic" else 0)


def quadratic_perceptron(p: dict[str, Tensor], settings: dict, x: Tensor) -> Tensor:
    def h(w: Tensor) -> Tensor:
        u = x @ w.T
        return settings["laziness"] / settings["width"] * (u + settings["alignment"] * u**2 / 2).sum(1, keepdim=True)

    if settings["model"] == "net":
        return h(p["weight"]) - h(p["start"])
    return jvp(h, (p["start"],), (p["weight"] - p["start"],))[1]


def sequence_net(p: dict[str, Tensor], settings: dict, x: Tensor) -> Tensor:
    def norm(name: str, h: Tensor) -> Tensor:
        return F.layer_norm(h, h.shape[-1:], p[name + ".scale"], p[name + ".bias"])

    def attention(layer: int, h: Tensor) -> Tensor:
        q, k, v = (F.linear(h, p[f"{name}{layer}"]) for name in "qkv")
        return F.linear(F.scaled_dot_product_attention(q, k, v), p[f"o{layer}"])

    def feed(layer: int, h: Tensor) -> Tensor:
        first, second = f"first{layer}", f"second{layer}"
        h = torch.relu(F.linear(h, p[first], p[first + ".bias"]))
        return F.linear(h, p[second], p[second + ".bias"])

    h = F.embedding(x.long(), p["embedding"].T) + p["place"].T
    pre = settings["placement"] == "pre"
    for layer in range(settings["layers"]):
        for name, part in ((f"attended{layer}", attention), (f"fed{layer}", feed)):
            h = h + part(layer, norm(name, h)) if pre else norm(name, h + part(layer, h))
    return F.linear(norm("norm", h) if pre else h, p["read-out"]).flatten(1)


def message_net(p: dict[str, Tensor], aggregator: str, leaves: list[list[list[float]]]) -> Tensor:
    """Return what the root of each graph tells: a list of parents, each a list of its leaves' values."""

    def put(messages: list[Tensor], sums: str, means: str, bias: str, root: bool) -> Tensor:
        total = sum(messages, torch.zeros_like(p[bias]))
        mean = total / max(1, len(messages))
        reads = {"sum": (1, 0), "mean": (0, 1), "both": (1, 1), "sum-then-mean": (not root, root)}[aggregator]
        return torch.relu(reads[0] * F.linear(total, p[sums]) + reads[1] * F.linear(mean, p[means]) + p[bias])

    def leaf(value: float) -> Tensor:
        h = torch.relu(F.linear(torch.tensor([value]).to(p["message"]), p["message"], p["message.bias"]))
        return torch.relu(F.linear(h, p["second"], p["second.bias"]))

    told = []
    for graph in leaves:
        parents = [put([leaf(v) for v in values], "sum", "mean", "middle.bias", False) for values in graph]
        h = put(parents, "root.sum", "root.mean", "root.bias", True)
        told.append(F.linear(torch.relu(F.linear(h, p["read"], p["read.bias"])), p["out"], p["out.bias"])[0])
    return torch.stack(told)


def model(population, id: str) -> dict:
    return json.loads((population.folder / f"model-{population._planned[id]['architecture']}.json").read_bytes())


def nets(kind: str):
    """Yield every checkpoint of every finished net of a kind; without one, skip unless `PHASEZOO_TESTS=all`."""
    found = [folder for folder in populations() if list(folder.glob(f"model-{kind}*.json"))]
    if not found and os.environ.get("PHASEZOO_TESTS") != "all":
        pytest.skip(f"no {kind}; ./phasezoo run src/test/suites/streams")
    for folder in found:
        population = pz.open(folder)
        kept = json.loads((folder / "manifest.json").read_bytes())["study"]["checkpoints"]
        for id in population.select("outcome == 'finished'")["id"].to_pylist():
            for checkpoint in kept:
                yield population, id, checkpoint


BY_HAND = {
    "velocity-net": velocity_net,
    "path-net": path_net,
    "modular-net": modular_net,
    "frozen-ends": frozen_ends,
    "quadratic-perceptron": quadratic_perceptron,
    "sequence-net": sequence_net,
    "two-layer-net": two_layer,
    "two-layer-quadratic": two_layer,
    "two-layer-linearised": two_layer,
}


@pytest.mark.parametrize("kind", BY_HAND)
def test_module_and_net_by_hand_give_the_engines_outputs(kind):
    compared = 0
    for population, id, checkpoint in nets(kind):
        inputs, expected = population.probe(id, checkpoint)
        module = population.module(id, checkpoint)
        settings = model(population, id)["architecture"]
        tolerance = 1e-12 if expected.dtype == np.float64 else 1e-5
        tensors, x = population.state_dict(id, checkpoint), torch.tensor(inputs)
        for y in (module(x), BY_HAND[kind](tensors, settings, x)):
            outputs = y.detach().numpy()
            assert outputs.dtype == expected.dtype and outputs.shape == expected.shape
            assert np.abs(outputs - expected).max() <= tolerance * np.abs(expected).max(), (id, checkpoint)
        compared += 1
    assert compared >= 2


def test_a_net_on_graphs_tells_what_messages_by_hand_tell():
    random = np.random.default_rng(3)
    graphs = [
        [list(random.integers(0, 9, random.integers(0, 4)).astype(float)) for _ in range(1 + g)] for g in range(ROOTS)
    ]
    values, parents, roots = [], [], []
    for g, graph in enumerate(graphs):
        for leaves in graph:
            values += leaves
            parents += [len(roots)] * len(leaves)
            roots.append(g)
    compared = 0
    for population, id, checkpoint in nets("message-net"):
        net, p = population.module(id, checkpoint).double(), population.state_dict(id, checkpoint)
        aggregator = model(population, id)["architecture"]["aggregator"]
        told = net(
            parents=torch.tensor(parents), roots=torch.tensor(roots), values=torch.tensor(values).double(), graphs=ROOTS
        )
        expected = message_net({name: t.double() for name, t in p.items()}, aggregator, graphs)
        assert torch.allclose(told, expected, rtol=1e-10, atol=1e-12), (id, checkpoint)
        compared += 1
    assert compared >= 8
