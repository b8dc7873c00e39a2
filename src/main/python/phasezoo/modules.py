"""Architectures as PyTorch modules: one small function a kind. Needs torch."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from torch import nn

from .errors import NotStored

Model = dict[str, Any]
"""What `model-<architecture>.json` says: `architecture`, `input`, `classes`, `tensors`."""


def _chain(**layers: nn.Module) -> nn.Sequential:
    return nn.Sequential(OrderedDict(layers))


def convolutional_net(model: Model) -> nn.Module:
    """Two blocks of convolution 3 × 3, leaky rectifier, average pool 2; then dense to the classes."""
    width, slope = model["architecture"]["width"], model["architecture"]["slope"]
    shape = model["input"]
    return _chain(
        conv1=nn.Conv2d(shape["channels"], width, 3, padding=1),
        relu1=nn.LeakyReLU(slope),
        pool1=nn.AvgPool2d(2),
        conv2=nn.Conv2d(width, 2 * width, 3, padding=1),
        relu2=nn.LeakyReLU(slope),
        pool2=nn.AvgPool2d(2),
        flatten=nn.Flatten(),
        dense=nn.Linear(2 * width * (shape["height"] // 4) * (shape["width"] // 4), model["classes"]),
    )


def perceptron(model: Model) -> nn.Module:
    """Dense layers on the flattened input, an activation between them."""
    shape, hidden = model["input"], model["architecture"]["hidden"]
    activation = {"relu": nn.ReLU, "tanh": nn.Tanh, "gelu": nn.GELU}[model["architecture"]["activation"]]
    sizes = [shape["channels"] * shape["height"] * shape["width"], *hidden, model["classes"]]
    layers: dict[str, nn.Module] = {}
    for i, (inputs, outputs) in enumerate(pairwise(sizes)):
        if i:
            layers[f"activation{i}"] = activation()
        layers[str(i)] = nn.Linear(inputs, outputs)
    return _chain(flatten=nn.Flatten(), layers=_chain(**layers))


BUILDERS: dict[str, Callable[[Model], nn.Module]] = {
    "convolutional-net": convolutional_net,
    "perceptron": perceptron,
}
"""Kind of architecture to the function that builds it, with the stored tensors' names."""


def build(architecture: str, model: Model) -> nn.Module:
    """Build the module of a stored architecture, still without its weights."""
    kind = model["architecture"]["kind"]
    if kind not in BUILDERS:
        mend = f"add it to phasezoo.modules.BUILDERS beside {sorted(BUILDERS)}"
        raise NotStored(f"model-{architecture}.json", f'no builder for the kind "{kind}"', mend)
    return BUILDERS[kind](model)
