"""Makes losses.json: losses of 20 updates in PyTorch, from the weights and batches that OracleTest sets.

    python losses.py ../../../main/resources/org/phasezoo/data/digits.csv.gz > losses.json      # torch 2.13.0, CPU

Weight i of a tensor row is ((37 i) mod 101 - 50) / 200, biases too; update k trains on images 32 k mod 512 and the 31 after it.
"""
import gzip
import json
import sys

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
rows = [[float(v) for v in line.split(",")] for line in gzip.open(sys.argv[1], "rt").read().split()]


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


def losses(net, dtype):
    net = net.to(dtype)
    with torch.no_grad():
        i = 0
        for p in net.parameters():
            values = [((37 * (i + j)) % 101 - 50) / 200 for j in range(p.numel())]
            p.copy_(torch.tensor(values, dtype=torch.float64).reshape(p.shape).to(torch.float32).to(dtype))
            i += p.numel()
    x = torch.tensor([[(v / 16 - .305) / .376 for v in row[:64]] for row in rows], dtype=torch.float64).to(torch.float32).to(dtype)
    y = torch.tensor([int(row[64]) for row in rows])
    optimiser = torch.optim.SGD(net.parameters(), lr=.1, momentum=.9, weight_decay=5e-4)
    found = []
    for k in range(20):
        at = 32 * k % 512
        optimiser.zero_grad()
        loss = F.cross_entropy(net(x[at:at + 32].reshape(-1, 1, 8, 8)), y[at:at + 32])
        loss.backward()
        norm = torch.sqrt(sum((p.grad ** 2).sum() for p in net.parameters()))
        for p in net.parameters():
            p.grad.mul_(torch.clamp(1 / norm, max=1))
        optimiser.step()
        found.append(loss.item())
    return found


nets = {
    "convolutional-net": lambda: Convolutional(5),
    "perceptron-relu": lambda: perceptron(nn.ReLU),
    "perceptron-tanh": lambda: perceptron(nn.Tanh),
    "perceptron-gelu": lambda: perceptron(nn.GELU),
}
out = {"torch": torch.__version__}
for name, make in nets.items():
    out[name] = {"float32": losses(make(), torch.float32), "float64": losses(make(), torch.float64)}
print(json.dumps(out, indent=1))
