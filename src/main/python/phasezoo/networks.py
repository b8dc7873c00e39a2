"""Networks that are more than a chain of layers, with the stored tensors' names. Needs torch."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import nn
from torch.nn import functional as F

Tensor = torch.Tensor


def transformer_block(width: int, heads: int, norm_first: bool) -> nn.TransformerEncoderLayer:
    """Return attention and a feed-forward net of 4 · width GELU units, each with a residual connection."""
    return nn.TransformerEncoderLayer(
        width, heads, 4 * width, dropout=0, activation="gelu", batch_first=True, norm_first=norm_first
    )


class VisionTransformer(nn.Module):
    """Patches as tokens behind a class token, which is read."""

    def __init__(self, channels: int, patches: int, classes: int, patch: int, width: int, depth: int, heads: int):
        super().__init__()
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.zeros(1, patches + 1, width))
        self.patches = nn.Conv2d(channels, width, patch, patch)
        self.blocks = nn.ModuleList(transformer_block(width, heads, True) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        h = self.patches(x).flatten(2).transpose(1, 2)
        h = torch.cat([self.token.expand(len(x), -1, -1), h], 1) + self.positions
        for block in self.blocks:
            h = block(h)
        return self.head(self.norm(h[:, 0]))


class Gpt(nn.Module):
    """Levels of pixels as tokens in raster order, a causal mask; the last token is read."""

    def __init__(self, pixels: int, classes: int, thresholds: list[float], width: int, depth: int, heads: int):
        super().__init__()
        self.thresholds = thresholds
        self.tokens = nn.Embedding(len(thresholds) + 1, width)
        self.positions = nn.Embedding(pixels, width)
        self.blocks = nn.ModuleList(transformer_block(width, heads, True) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        x = x.flatten(1)
        reached = x[:, :, None] >= torch.tensor(self.thresholds, dtype=x.dtype, device=x.device)
        h = self.tokens(reached.sum(2)) + self.positions.weight
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1], x.device, x.dtype)
        for block in self.blocks:
            h = block(h, src_mask=mask, is_causal=True)
        return self.head(self.norm(h[:, -1]))


class Siren(nn.Module):
    """Dense layers with sin(frequency · h) between them."""

    def __init__(self, sizes: list[int], frequency: float):
        super().__init__()
        self.frequency = frequency
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        h = x.flatten(1)
        for layer in list(self.layers)[:-1]:
            h = torch.sin(self.frequency * layer(h))
        return self.layers[-1](h)


class KanLayer(nn.Module):
    """Units that add w · silu(x) and a spline of each input."""

    def __init__(self, inputs: int, outputs: int, intervals: int, degree: int, low: float, high: float):
        super().__init__()
        self.degree, self.low, self.step = degree, low, (high - low) / intervals
        self.base_weight = nn.Parameter(torch.zeros(outputs, inputs))
        self.spline_weight = nn.Parameter(torch.zeros(outputs, inputs, intervals + degree))

    def splines(self, x: Tensor) -> Tensor:
        """Return all B-splines at each element, along a new last axis."""
        knots = self.spline_weight.shape[2] + self.degree + 1
        at = torch.arange(knots, dtype=x.dtype, device=x.device) - self.degree
        beyond = x[..., None] - (self.low + self.step * at)
        reached = (beyond >= 0).to(x.dtype)
        b = reached[..., :-1] - reached[..., 1:]
        for d in range(1, self.degree + 1):
            rise = beyond[..., : -d - 1] * b[..., :-1]
            b = (rise - beyond[..., d + 1 :] * b[..., 1:]) / (d * self.step)
        return b

    def forward(self, x: Tensor) -> Tensor:
        """Return `(n, outputs)` of `(n, inputs)`."""
        return F.silu(x) @ self.base_weight.T + self.splines(x).flatten(1) @ self.spline_weight.flatten(1).T


class Kan(nn.Module):
    """Layers of learned functions on the flattened input."""

    def __init__(self, sizes: list[int], intervals: int, degree: int, low: float, high: float):
        super().__init__()
        self.layers = nn.ModuleList(KanLayer(a, b, intervals, degree, low, high) for a, b in pairwise(sizes))

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        h = x.flatten(1)
        for layer in self.layers:
            h = layer(h)
        return h


class Recurrent(nn.Module):
    """A gated recurrent unit over the rows of the image; its last state is read."""

    def __init__(self, inputs: int, classes: int, width: int):
        super().__init__()
        self.gru = nn.GRU(inputs, width, batch_first=True)
        self.dense = nn.Linear(width, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        return self.dense(self.gru(x.transpose(1, 2).flatten(2))[0][:, -1])


class SetAttention(nn.Module):
    """Attention on the set of pixels with their places; one learned seed reads it."""

    def __init__(self, channels: int, classes: int, width: int, depth: int, heads: int):
        super().__init__()
        self.seed = nn.Parameter(torch.zeros(1, 1, width))
        self.embed = nn.Linear(channels + 2, width)
        self.blocks = nn.ModuleList(transformer_block(width, heads, False) for _ in range(depth))
        self.pool = nn.MultiheadAttention(width, heads, batch_first=True)
        self.head = nn.Linear(width, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        places = []
        for axis in (2, 3):
            at = torch.arange(x.shape[axis], dtype=x.dtype, device=x.device)
            at = 2 / max(1, len(at) - 1) * at - 1
            places.append((at[:, None] if axis == 2 else at).expand_as(x[:, :1]))
        h = self.embed(torch.cat([x, *places], 1).flatten(2).transpose(1, 2))
        for block in self.blocks:
            h = block(h)
        read, _ = self.pool(self.seed.expand(len(x), -1, -1), h, h, need_weights=False)
        return self.head(read[:, 0])


class Messages(nn.Module):
    """One round of messages between neighbouring pixels."""

    def __init__(self, width: int):
        super().__init__()
        self.send, self.receive = nn.Linear(width, width), nn.Linear(width, width, bias=False)
        self.own, self.message = nn.Linear(width, width), nn.Linear(width, width, bias=False)

    def forward(self, h: Tensor) -> Tensor:
        """Return the next `(n, height, width, numbers)`."""
        sent, received, heard = self.send(h), self.receive(h), torch.zeros_like(h)
        for axis in (1, 2):
            size = h.shape[axis] - 1
            for here, there in ((1, 0), (0, 1)):
                message = torch.relu(sent.narrow(axis, there, size) + received.narrow(axis, here, size))
                heard.narrow(axis, here, size).add_(message)
        return torch.relu(self.own(h) + self.message(heard))


class MessagePassing(nn.Module):
    """Rounds of messages on the grid of pixels; their mean is read."""

    def __init__(self, channels: int, classes: int, width: int, rounds: int):
        super().__init__()
        self.embed = nn.Linear(channels, width)
        self.rounds = nn.ModuleList(Messages(width) for _ in range(rounds))
        self.dense = nn.Linear(width, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        h = self.embed(x.permute(0, 2, 3, 1))
        for messages in self.rounds:
            h = messages(h)
        return self.dense(h.mean((1, 2)))


class NeuralOde(nn.Module):
    """A state that a field moves from t = 0 to 1, by the classical Runge-Kutta method."""

    def __init__(self, inputs: int, classes: int, width: int, hidden: int, steps: int):
        super().__init__()
        self.steps = steps
        self.encode = nn.Linear(inputs, width)
        self.field = nn.Sequential(nn.Linear(width + 1, hidden), nn.Tanh(), nn.Linear(hidden, width))
        self.dense = nn.Linear(width, classes)

    def slope(self, t: float, h: Tensor) -> Tensor:
        """Return dh/dt."""
        return self.field(torch.cat([h, torch.full_like(h[:, :1], t)], 1))

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        h, dt = self.encode(x.flatten(1)), 1 / self.steps
        for step in range(self.steps):
            t = step / self.steps
            k1 = self.slope(t, h)
            k2 = self.slope(t + dt / 2, h + dt / 2 * k1)
            k3 = self.slope(t + dt / 2, h + dt / 2 * k2)
            k4 = self.slope(t + dt, h + dt * k3)
            h = h + dt / 6 * (k1 + 2 * (k2 + k3) + k4)
        return self.dense(h)


class Autoencoder(nn.Module):
    """A code that classifies, and its decoder: `decode(encode(x))`."""

    def __init__(self, sizes: list[int], classes: int, activation: nn.Module):
        super().__init__()
        self.activation = activation
        self.encoder = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes))
        self.decoder = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(sizes[::-1]))
        self.classifier = nn.Linear(sizes[-1], classes)

    def _chain(self, layers: nn.ModuleList, h: Tensor) -> Tensor:
        for i, layer in enumerate(layers):
            h = layer(self.activation(h) if i else h)
        return h

    def encode(self, x: Tensor) -> Tensor:
        """Return codes of images."""
        return self._chain(self.encoder, x.flatten(1))

    def decode(self, code: Tensor) -> Tensor:
        """Return flattened images of codes."""
        return self._chain(self.decoder, code)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        return self.classifier(self.encode(x))


class ResidualBlock(nn.Module):
    """Convolutions with batch norm beside a shortcut: a `(kernel, stride, outputs)` each."""

    def __init__(self, inputs: int, convolutions: list[tuple[int, int, int]]):
        super().__init__()
        self.count = len(convolutions)
        before, stride = inputs, max(stride for _, stride, _ in convolutions)
        for i, (kernel, step, outputs) in enumerate(convolutions, 1):
            self.add_module(f"conv{i}", nn.Conv2d(before, outputs, kernel, step, kernel // 2, bias=False))
            self.add_module(f"bn{i}", nn.BatchNorm2d(outputs))
            before = outputs
        self.downsample = nn.Sequential()
        if stride > 1 or inputs != before:
            self.downsample.append(nn.Conv2d(inputs, before, 1, stride, bias=False))
            self.downsample.append(nn.BatchNorm2d(before))

    def forward(self, x: Tensor) -> Tensor:
        """Return the next images."""
        h = x
        for i in range(1, self.count + 1):
            h = self.get_submodule(f"bn{i}")(self.get_submodule(f"conv{i}")(h))
            h = torch.relu(h) if i < self.count else h
        return torch.relu(h + self.downsample(x))


class Resnet(nn.Module):
    """A residual network for small images; names are torchvision's."""

    def __init__(self, channels: int, classes: int, depth: int, width: int):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        before = width
        for stage, count in enumerate({18: [2, 2, 2, 2], 50: [3, 4, 6, 3]}[depth]):
            blocks = nn.Sequential()
            for i in range(count):
                n, stride = width << stage, 2 if stage and not i else 1
                basic, bottleneck = [(3, stride, n), (3, 1, n)], [(1, 1, n), (3, stride, n), (1, 1, 4 * n)]
                convolutions = basic if depth == 18 else bottleneck
                blocks.append(ResidualBlock(before, convolutions))
                before = convolutions[-1][2]
            self.add_module(f"layer{stage + 1}", blocks)
        self.fc = nn.Linear(before, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits `(n, classes)` of images."""
        h = torch.relu(self.bn1(self.conv1(x)))
        for stage in range(1, 5):
            h = self.get_submodule(f"layer{stage}")(h)
        return self.fc(h.mean((2, 3)))
