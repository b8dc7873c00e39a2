"""Architectures as PyTorch modules: one small function a kind. Needs torch."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from torch import nn

from . import networks
from .errors import NotStored

Model = dict[str, Any]
"""What `model-<architecture>.json` says: `architecture`, `input`, `classes`, `tensors`."""

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "gelu": nn.GELU}


def _settings(model: Model, *names: str) -> list[Any]:
    return [model["architecture"][name] for name in names]


def _pixels(model: Model) -> int:
    return model["input"]["channels"] * model["input"]["height"] * model["input"]["width"]


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
    hidden = model["architecture"]["hidden"]
    activation = ACTIVATIONS[model["architecture"]["activation"]]
    sizes = [_pixels(model), *hidden, model["classes"]]
    layers: dict[str, nn.Module] = {}
    for i, (inputs, outputs) in enumerate(pairwise(sizes)):
        if i:
            layers[f"activation{i}"] = activation()
        layers[str(i)] = nn.Linear(inputs, outputs)
    return _chain(flatten=nn.Flatten(), layers=_chain(**layers))


def vision_transformer(model: Model) -> nn.Module:
    """Patches, a class token and blocks of attention."""
    shape, patch = model["input"], model["architecture"]["patch"]
    patches = shape["height"] // patch * (shape["width"] // patch)
    settings = _settings(model, "patch", "width", "depth", "heads")
    return networks.VisionTransformer(shape["channels"], patches, model["classes"], *settings)


def gpt(model: Model) -> nn.Module:
    """Levels of pixels as tokens and blocks of causal attention."""
    levels, low, high = _settings(model, "levels", "low", "high")
    thresholds = [low + k * (high - low) / levels for k in range(1, levels)]
    return networks.Gpt(_pixels(model), model["classes"], thresholds, *_settings(model, "width", "depth", "heads"))


def siren(model: Model) -> nn.Module:
    """Dense layers with sines between them."""
    hidden, frequency = _settings(model, "hidden", "frequency")
    return networks.Siren([_pixels(model), *hidden, model["classes"]], frequency)


def kan(model: Model) -> nn.Module:
    """Layers of splines."""
    hidden, *grid = _settings(model, "hidden", "intervals", "degree", "low", "high")
    return networks.Kan([_pixels(model), *hidden, model["classes"]], *grid)


def recurrent(model: Model) -> nn.Module:
    """Run a gated recurrent unit over the rows of the image."""
    shape = model["input"]
    return networks.Recurrent(shape["channels"] * shape["width"], model["classes"], *_settings(model, "width"))


def set_attention(model: Model) -> nn.Module:
    """Attention on the set of pixels."""
    settings = _settings(model, "width", "depth", "heads")
    return networks.SetAttention(model["input"]["channels"], model["classes"], *settings)


def message_passing(model: Model) -> nn.Module:
    """Pass rounds of messages between neighbouring pixels."""
    return networks.MessagePassing(model["input"]["channels"], model["classes"], *_settings(model, "width", "rounds"))


def neural_ode(model: Model) -> nn.Module:
    """Move a state along a learned field."""
    return networks.NeuralOde(_pixels(model), model["classes"], *_settings(model, "width", "hidden", "steps"))


def autoencoder(model: Model) -> nn.Module:
    """Encode, decode and classify linearly by the code."""
    hidden, code, activation = _settings(model, "hidden", "code", "activation")
    return networks.Autoencoder([_pixels(model), *hidden, code], model["classes"], ACTIVATIONS[activation]())


def resnet(model: Model) -> nn.Module:
    """Four stages of residual blocks with batch norm."""
    return networks.Resnet(model["input"]["channels"], model["classes"], *_settings(model, "depth", "width"))


BUILDERS: dict[str, Callable[[Model], nn.Module]] = {
    "convolutional-net": convolutional_net,
    "perceptron": perceptron,
    "vision-transformer": vision_transformer,
    "gpt": gpt,
    "siren": siren,
    "kan": kan,
    "recurrent": recurrent,
    "set-attention": set_attention,
    "message-passing": message_passing,
    "neural-ode": neural_ode,
    "autoencoder": autoencoder,
    "resnet": resnet,
}
"""Kind of architecture to the function that builds it, with the stored tensors' names."""


def build(architecture: str, model: Model) -> nn.Module:
    """Build the module of a stored architecture, still without its weights."""
    kind = model["architecture"]["kind"]
    if kind not in BUILDERS:
        mend = f"add it to phasezoo.modules.BUILDERS beside {sorted(BUILDERS)}"
        raise NotStored(f"model-{architecture}.json", f'no builder for the kind "{kind}"', mend)
    return BUILDERS[kind](model)
