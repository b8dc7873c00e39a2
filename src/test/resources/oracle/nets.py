"""The architectures in PyTorch, written from their definitions; losses.py trains them."""

import math

import torch
from torch import nn
from torch.nn import functional as F


class Convolutional(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1 = nn.Conv2d(1, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, 2 * width, 3, padding=1)
        self.dense = nn.Linear(8 * width, 10)

    def forward(self, x):
        for conv in (self.conv1, self.conv2):
            x = F.avg_pool2d(F.leaky_relu(conv(x), .1), 2)
        return self.dense(x.flatten(1))


def perceptron(activation):
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 12), activation(), nn.Linear(12, 7), activation(), nn.Linear(7, 10))


def attend(p, query, memory, heads, causal=False):
    """Attention of (n, tokens, width) head by head, from the tensors of an nn.MultiheadAttention."""
    width = query.shape[-1]
    d = width // heads
    w, b = p.in_proj_weight, p.in_proj_bias
    found = []
    for h in range(heads):
        q, k, v = [x @ w[s:s + d].T + b[s:s + d]
                   for x, s in [(query, h * d), (memory, width + h * d), (memory, 2 * width + h * d)]]
        scores = q @ k.transpose(1, 2) / math.sqrt(d)
        if causal:
            scores = scores.masked_fill(torch.ones_like(scores[0]).triu(1).bool(), -math.inf)
        found.append(torch.softmax(scores, 2) @ v)
    return torch.cat(found, 2) @ p.out_proj.weight.T + p.out_proj.bias


class Block(nn.Module):
    def __init__(self, width, heads, first, causal):
        super().__init__()
        self.heads, self.first, self.causal = heads, first, causal
        self.self_attn = nn.MultiheadAttention(width, heads, batch_first=True)
        self.linear1, self.linear2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x):
        def mix(y):
            return attend(self.self_attn, y, y, self.heads, self.causal)

        def feed(y):
            return self.linear2(F.gelu(self.linear1(y)))

        if self.first:
            x = x + mix(self.norm1(x))
            return x + feed(self.norm2(x))
        x = self.norm1(x + mix(x))
        return self.norm2(x + feed(x))


class VisionTransformer(nn.Module):
    def __init__(self, patch, width, depth, heads):
        super().__init__()
        self.patch = patch
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.zeros(1, (8 // patch) ** 2 + 1, width))
        self.patches = nn.Conv2d(1, width, patch, patch)
        self.blocks = nn.ModuleList(Block(width, heads, True, False) for _ in range(depth))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, 10)

    def forward(self, x):
        s = self.patch
        rows = [x[:, 0, i:i + s, j:j + s].flatten(1) for i in range(0, 8, s) for j in range(0, 8, s)]
        h = torch.stack(rows, 1) @ self.patches.weight.flatten(1).T + self.patches.bias
        h = torch.cat([self.token.expand(len(x), 1, -1), h], 1) + self.positions
        for block in self.blocks:
            h = block(h)
        return self.head(self.norm(h)[:, 0])


class Gpt(nn.Module):
    def __init__(self, levels, low, high, width, depth, heads):
        super().__init__()
        self.levels, self.low, self.high = levels, low, high
        self.tokens, self.positions = nn.Embedding(levels, width), nn.Embedding(64, width)
        self.blocks = nn.ModuleList(Block(width, heads, True, True) for _ in range(depth))
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, 10)

    def forward(self, x):
        level = torch.floor((x.flatten(1) - self.low) / (self.high - self.low) * self.levels)
        h = self.tokens(level.long().clamp(0, self.levels - 1)) + self.positions.weight
        for block in self.blocks:
            h = block(h)
        return self.head(self.norm(h)[:, -1])


class Siren(nn.Module):
    def __init__(self, hidden, frequency):
        super().__init__()
        sizes = [64, *hidden, 10]
        self.frequency = frequency
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        h = x.flatten(1)
        for layer in self.layers[:-1]:
            h = torch.sin(self.frequency * layer(h))
        return self.layers[-1](h)


class Edges(nn.Module):
    def __init__(self, inputs, outputs, intervals, degree, low, high):
        super().__init__()
        self.degree, self.step = degree, (high - low) / intervals
        self.knots = [low + (j - degree) * self.step for j in range(intervals + 2 * degree + 1)]
        self.base_weight = nn.Parameter(torch.zeros(outputs, inputs))
        self.spline_weight = nn.Parameter(torch.zeros(outputs, inputs, intervals + degree))

    def spline(self, x, i, degree):
        """B-spline i by the recursion."""
        t = self.knots
        if degree == 0:
            return ((t[i] <= x) & (x < t[i + 1])).to(x.dtype)
        left = (x - t[i]) / (t[i + degree] - t[i]) * self.spline(x, i, degree - 1)
        return left + (t[i + degree + 1] - x) / (t[i + degree + 1] - t[i + 1]) * self.spline(x, i + 1, degree - 1)

    def forward(self, x):
        basis = torch.stack([self.spline(x, i, self.degree) for i in range(self.spline_weight.shape[2])], 2)
        return F.silu(x) @ self.base_weight.T + torch.einsum("nis,ois->no", basis, self.spline_weight)


class Kan(nn.Module):
    def __init__(self, hidden, *grid):
        super().__init__()
        sizes = [64, *hidden, 10]
        self.layers = nn.ModuleList(Edges(a, b, *grid) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        h = x.flatten(1)
        for layer in self.layers:
            h = layer(h)
        return h


class Recurrent(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.gru, self.dense = nn.GRU(8, width, batch_first=True), nn.Linear(width, 10)

    def forward(self, x):
        return self.dense(self.gru(x[:, 0])[0][:, -1])


class SetAttention(nn.Module):
    def __init__(self, width, depth, heads):
        super().__init__()
        self.heads = heads
        self.seed = nn.Parameter(torch.zeros(1, 1, width))
        self.embed = nn.Linear(3, width)
        self.blocks = nn.ModuleList(Block(width, heads, False, False) for _ in range(depth))
        self.pool = nn.MultiheadAttention(width, heads, batch_first=True)
        self.head = nn.Linear(width, 10)

    def forward(self, x):
        elements = [torch.stack([x[:, 0, i, j], *(torch.full_like(x[:, 0, 0, 0], 2 * k / 7 - 1) for k in (i, j))], 1)
                    for i in range(8) for j in range(8)]
        order = [(5 * k + 3) % 64 for k in range(64)]
        h = self.embed(torch.stack([elements[k] for k in order], 1))
        for block in self.blocks:
            h = block(h)
        return self.head(attend(self.pool, self.seed.expand(len(x), 1, -1), h, self.heads)[:, 0])


class Round(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.send, self.receive = nn.Linear(width, width), nn.Linear(width, width, bias=False)
        self.own, self.message = nn.Linear(width, width), nn.Linear(width, width, bias=False)

    def forward(self, h, senders, receivers):
        messages = torch.relu(self.send(h[:, senders]) + self.receive(h[:, receivers]))
        heard = torch.zeros_like(h).index_add(1, receivers, messages)
        return torch.relu(self.own(h) + self.message(heard))


class MessagePassing(nn.Module):
    def __init__(self, width, rounds):
        super().__init__()
        self.embed = nn.Linear(1, width)
        self.rounds = nn.ModuleList(Round(width) for _ in range(rounds))
        self.dense = nn.Linear(width, 10)
        pairs = [(8 * i + j, 8 * k + m) for i in range(8) for j in range(8) for k in range(8) for m in range(8)
                 if abs(i - k) + abs(j - m) == 1]
        self.senders, self.receivers = torch.tensor(pairs).T

    def forward(self, x):
        h = self.embed(x.reshape(len(x), 64, 1))
        for step in self.rounds:
            h = step(h, self.senders, self.receivers)
        return self.dense(h.mean(1))


class NeuralOde(nn.Module):
    def __init__(self, width, hidden, steps):
        super().__init__()
        self.steps = steps
        self.encode = nn.Linear(64, width)
        self.field = nn.Sequential(nn.Linear(width + 1, hidden), nn.Tanh(), nn.Linear(hidden, width))
        self.dense = nn.Linear(width, 10)

    def forward(self, x):
        h, dt = self.encode(x.flatten(1)), 1 / self.steps

        def f(t, y):
            return self.field(torch.cat([y, torch.full_like(y[:, :1], t)], 1))

        for i in range(self.steps):
            t = i / self.steps
            a = dt * f(t, h)
            b = dt * f(t + dt / 2, h + a / 2)
            c = dt * f(t + dt / 2, h + b / 2)
            h = h + a / 6 + b / 3 + c / 3 + dt * f(t + dt, h + c) / 6
        return self.dense(h)


class Autoencoder(nn.Module):
    def __init__(self, hidden, code, reconstruction):
        super().__init__()
        sizes = [64, *hidden, code]
        self.encoder = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.decoder = nn.ModuleList(nn.Linear(b, a) for a, b in reversed(list(zip(sizes, sizes[1:]))))
        self.classifier, self.reconstruction = nn.Linear(code, 10), reconstruction

    def forward(self, x):
        h = x.flatten(1)
        for part in (self.encoder, self.decoder):
            for i, layer in enumerate(part):
                h = layer(torch.tanh(h) if i else h)
            if part is self.encoder:
                logits = self.classifier(h)
        self.penalty = self.reconstruction * F.mse_loss(h, x.flatten(1))
        return logits


class Basic(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        self.downsample = shortcut(inputs, width, stride)
        self.out = width

    def forward(self, x):
        h = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(h + self.downsample(x))


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(inputs, width, 1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = nn.Conv2d(width, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width)
        self.downsample = shortcut(inputs, 4 * width, stride)
        self.out = 4 * width

    def forward(self, x):
        h = torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))))
        return torch.relu(self.bn3(self.conv3(h)) + self.downsample(x))


def shortcut(inputs, outputs, stride):
    if stride == 1 and inputs == outputs:
        return nn.Identity()
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))


class Resnet(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width)
        block, counts = {18: (Basic, [2, 2, 2, 2]), 50: (Bottleneck, [3, 4, 6, 3])}[depth]
        blocks, inputs = [], width
        for stage, count in enumerate(counts):
            for i in range(count):
                blocks.append(block(inputs, width * 2 ** stage, 2 if stage and not i else 1))
                inputs = blocks[-1].out
        self.blocks, self.fc = nn.Sequential(*blocks), nn.Linear(inputs, 10)

    def forward(self, x):
        return self.fc(self.blocks(torch.relu(self.bn1(self.conv1(x)))).mean((2, 3)))
