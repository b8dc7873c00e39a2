"""Each kind of net by hand in PyTorch's own layers: how these are put together, without the engine's graph.

The layers are told by the names and shapes of the stored tensors; `run_<kind>` says how a kind puts them together.
"""

import math
import re
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

Shapes = dict[str, tuple[int, ...]]
_ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {"relu": torch.relu, "tanh": torch.tanh, "gelu": F.gelu}


class Net(nn.Module):
    """The net of a `model-<architecture>.json`, without its weights: images to logits."""

    def __init__(self, model: dict[str, Any]) -> None:
        super().__init__()
        self.settings: dict[str, Any] = model["architecture"]
        shapes: Shapes = {tensor["name"]: tuple(tensor["shape"]) for tensor in model["tensors"]}
        self._factors = {}
        if self.settings["kind"] in ("scaled", "depth-scaled"):
            by_depth = self.settings["kind"] == "depth-scaled"
            self._factors = (_branch_factors if by_depth else _factors)(self.settings, shapes)
            self.settings = self.settings["base"]
        self._run = getattr(self, "run_" + self.settings["kind"].replace("-", "_"))
        _grow(self, shapes, self.settings)
        halved = rf"layer[2-4]\.0\.(downsample\.0|conv{2 if self.settings.get('depth') == 50 else 1})"
        for name, layer in self.named_modules():
            if name == "patches":
                layer.stride, layer.padding = layer.kernel_size, (0, 0)
            elif re.fullmatch(halved, name):
                layer.stride = (2, 2)

    def forward(self, x: Tensor, scaled: bool = True) -> Tensor:
        """Return logits `(n, classes)` of images; `scaled=False` leaves out the factors of a scaled net's tensors."""
        if scaled and self._factors:
            used = {name: p * self._factors[name] for name, p in self.named_parameters()}
            return torch.func.functional_call(self, used, (x, False))
        return self._run(x)

    def run_convolutional_net(self, x: Tensor) -> Tensor:
        """Two blocks of convolution, leaky rectifier, average pool 2; then dense to the classes."""
        for conv in (self.conv1, self.conv2):
            x = F.avg_pool2d(F.leaky_relu(conv(x), self.settings["slope"]), 2)
        return self.dense(x.flatten(1))

    def run_perceptron(self, x: Tensor) -> Tensor:
        """Dense layers with an activation between them."""
        return _chain(self.layers, x.flatten(1), _ACTIVATIONS[self.settings["activation"]])

    def run_siren(self, x: Tensor) -> Tensor:
        """Dense layers with sin(frequency · h) between them."""
        return _chain(self.layers, x.flatten(1), lambda h: torch.sin(self.settings["frequency"] * h))

    def run_autoencoder(self, x: Tensor) -> Tensor:
        """Return what a linear classifier makes of the encoder's code; the decoder is not run."""
        return self.classifier(_chain(self.encoder, x.flatten(1), _ACTIVATIONS[self.settings["activation"]]))

    def run_recurrent(self, x: Tensor) -> Tensor:
        """Run a gated recurrent unit over the rows of the image; its last state is read."""
        return self.dense(self.gru(x.transpose(1, 2).flatten(2))[0][:, -1])

    def run_vision_transformer(self, x: Tensor) -> Tensor:
        """Patches as tokens behind a class token, which is read."""
        h = self.patches(x).flatten(2).transpose(1, 2)
        h = torch.cat([self.token.expand(len(x), -1, -1), h], 1) + self.positions
        for block in self.blocks:
            h = block(h)
        return self.head(self.norm(h[:, 0]))

    def run_gpt(self, x: Tensor) -> Tensor:
        """Levels of pixels as tokens in raster order, a causal mask; the last token is read."""
        levels, low, high = (self.settings[name] for name in ("levels", "low", "high"))
        thresholds = torch.tensor([low + k * (high - low) / levels for k in range(1, levels)]).to(x)
        h = self.tokens((x.flatten(1)[:, :, None] >= thresholds).sum(2)) + self.positions.weight
        mask = nn.Transformer.generate_square_subsequent_mask(h.shape[1], x.device, x.dtype)
        for block in self.blocks:
            h = block(h, src_mask=mask, is_causal=True)
        return self.head(self.norm(h[:, -1]))

    def run_set_attention(self, x: Tensor) -> Tensor:
        """Attention on the set of pixels with their places; one learned seed reads it."""
        ends = [torch.linspace(-1, 1, n, dtype=x.dtype, device=x.device) for n in x.shape[2:]]
        places = [place.expand_as(x[:, :1]) for place in torch.meshgrid(*ends, indexing="ij")]
        h = self.embed(torch.cat([x, *places], 1).flatten(2).transpose(1, 2))
        for block in self.blocks:
            h = block(h)
        return self.head(self.pool(self.seed.expand(len(x), -1, -1), h, h, need_weights=False)[0][:, 0])

    def run_message_passing(self, x: Tensor) -> Tensor:
        """Pass rounds of messages between neighbouring pixels; their mean is read."""
        h = self.embed(x.permute(0, 2, 3, 1))
        for layer in self.rounds:
            sent, received, heard = layer.send(h), layer.receive(h), torch.zeros_like(h)
            for axis, here in ((1, 1), (1, 0), (2, 1), (2, 0)):
                size = h.shape[axis] - 1
                message = torch.relu(sent.narrow(axis, 1 - here, size) + received.narrow(axis, here, size))
                heard.narrow(axis, here, size).add_(message)
            h = torch.relu(layer.own(h) + layer.message(heard))
        return self.dense(h.mean((1, 2)))

    def run_neural_ode(self, x: Tensor) -> Tensor:
        """Move a state along a field from t = 0 to 1, by the classical Runge-Kutta method."""
        h, dt = self.encode(x.flatten(1)), 1 / self.settings["steps"]

        def slope(t: float, h: Tensor) -> Tensor:
            return _chain(self.field, torch.cat([h, torch.full_like(h[:, :1], t)], 1), torch.tanh)

        for step in range(self.settings["steps"]):
            t = step / self.settings["steps"]
            k1 = slope(t, h)
            k2 = slope(t + dt / 2, h + dt / 2 * k1)
            k3 = slope(t + dt / 2, h + dt / 2 * k2)
            h = h + dt / 6 * (k1 + 2 * (k2 + k3) + slope(t + dt, h + dt * k3))
        return self.dense(h)

    def run_kan(self, x: Tensor) -> Tensor:
        """Layers of units that add w · silu(x) and a spline of each input."""
        degree, low, high = (self.settings[name] for name in ("degree", "low", "high"))
        h, step = x.flatten(1), (high - low) / self.settings["intervals"]
        knots = torch.arange(-degree, self.settings["intervals"] + degree + 1).to(x)
        for layer in self.layers:
            beyond = h[..., None] - (low + step * knots)
            reached = (beyond >= 0).to(x)
            b = reached[..., :-1] - reached[..., 1:]  # all B-splines of degree 0, then of each higher one
            for d in range(1, degree + 1):
                b = (beyond[..., : -d - 1] * b[..., :-1] - beyond[..., d + 1 :] * b[..., 1:]) / (d * step)
            h = F.silu(h) @ layer.base_weight.T + b.flatten(1) @ layer.spline_weight.flatten(1).T
        return h

    def run_resnet(self, x: Tensor) -> Tensor:
        """Four stages of residual blocks with batch norm; names are torchvision's."""
        h = torch.relu(self.bn1(self.conv1(x)))
        for block in (*self.layer1, *self.layer2, *self.layer3, *self.layer4):
            layers: dict[str, Any] = dict(block.named_children())
            shortcut = _chain(layers.pop("downsample", []), h, nn.Identity())
            for i in range(1, len(layers) // 2 + 1):
                h = layers[f"bn{i}"](layers[f"conv{i}"](torch.relu(h) if i > 1 else h))
            h = torch.relu(h + shortcut)
        return self.fc(h.mean((2, 3)))


def _grow(parent: nn.Module, shapes: Shapes, settings: dict[str, Any]) -> nn.Module:
    """Give a module the layers and parameters that hold tensors of these names and shapes."""
    children: dict[str, Shapes] = {}
    for name, shape in shapes.items():
        head, _, rest = name.partition(".")
        if rest:
            children.setdefault(head, {})[rest] = shape
        else:
            parent.register_parameter(head, nn.Parameter(torch.zeros(shape)))
    for name, below in children.items():
        parent.add_module(name, _layer(below, settings))
    return parent


def _layer(shapes: Shapes, settings: dict[str, Any]) -> nn.Module:
    match shapes:
        case {"running_mean": (n,)}:
            return nn.BatchNorm2d(n)
        case {"in_proj_weight": (_, width)}:
            return nn.MultiheadAttention(width, settings["heads"], batch_first=True)
        case {"self_attn.in_proj_weight": (_, width), "linear1.weight": (inner, _)}:
            first = settings["kind"] != "set-attention"
            return nn.TransformerEncoderLayer(width, settings["heads"], inner, 0, F.gelu, 1e-5, True, first)
        case {"weight_ih_l0": (_, inputs), "weight_hh_l0": (_, width)}:
            return nn.GRU(inputs, width, batch_first=True)
        case {"weight": (outputs, inputs, side, _)}:
            return nn.Conv2d(inputs, outputs, side, padding=side // 2, bias="bias" in shapes)
        case {"weight": (rows, width)} if settings["kind"] == "gpt" and "bias" not in shapes:
            return nn.Embedding(rows, width)
        case {"weight": (outputs, inputs)}:
            return nn.Linear(inputs, outputs, bias="bias" in shapes)
        case {"weight": (n,)}:
            return nn.LayerNorm(n)
    return _grow(nn.ModuleList() if min(shapes)[0].isdigit() else nn.Module(), shapes, settings)


def _chain(layers: Iterable[nn.Module], h: Tensor, between: Callable[[Tensor], Tensor]) -> Tensor:
    for i, layer in enumerate(layers):
        h = layer(between(h) if i else h)
    return h


def _factors(settings: dict[str, Any], shapes: Shapes) -> dict[str, float]:
    """Return what each tensor of a scaled net is multiplied by: (its width ÷ the base width) ^ −exponent."""
    weights = [name for name, shape in shapes.items() if len(shape) > 1]
    places = dict.fromkeys(weights, "hidden") | {weights[0]: "input"} | {weights[-1]: "output"}
    factors = dict.fromkeys(shapes, 1.0)
    for name in list(shapes)[:-1]:  # all but the last bias
        place = places.get(name, "bias")
        n = math.prod(shapes[name][1:]) if place in ("hidden", "output") else shapes[name][0]
        factors[name] = (n / settings["width"]) ** -settings["multiplierExponents"][place]
    return factors


def _branch_factors(settings: dict[str, Any], shapes: Shapes) -> dict[str, float]:
    """Return (blocks ÷ base depth) ^ −exponent for the linear maps that end a block's branches, 1 for the rest."""
    factor = (settings["base"]["depth"] / settings["depth"]) ** -settings["multiplier"]
    ends = re.compile(r"blocks\.\d+\.(self_attn\.out_proj|linear2)\.(weight|bias)")
    return {name: factor if ends.fullmatch(name) else 1.0 for name in shapes}
