"""Makes losses.json: losses of 20 updates in PyTorch, from the weights and batches that OracleTest sets.

    python losses.py ../../../main/resources/org/phasezoo/data/digits.csv.gz > losses.json      # torch 2.13.0, CPU

Weight i of a tensor row is ((37 i) mod 101 - 50) / 200, biases too, and 1 more for the scales of norms; update k trains on images 32 k mod 512 and the 31 after it.
The last number is the loss in evaluation mode on images 512 to 575.
"""
import gzip
import json
import sys

import torch
from torch import nn
from torch.nn import functional as F

import nets as of

torch.set_num_threads(1)
rows = [[float(v) for v in line.split(",")] for line in gzip.open(sys.argv[1], "rt").read().split()]


def losses(net, dtype, rate):
    net = net.to(dtype)
    with torch.no_grad():
        i = 0
        scales = [m.weight for m in net.modules() if isinstance(m, (nn.LayerNorm, nn.BatchNorm2d))]
        for p in net.parameters():
            first = 1 if any(p is scale for scale in scales) else 0
            values = [first + ((37 * (i + j)) % 101 - 50) / 200 for j in range(p.numel())]
            p.copy_(torch.tensor(values, dtype=torch.float64).reshape(p.shape).to(torch.float32).to(dtype))
            i += p.numel()
    x = torch.tensor([[(v / 16 - .305) / .376 for v in row[:64]] for row in rows], dtype=torch.float64).to(torch.float32).to(dtype)
    y = torch.tensor([int(row[64]) for row in rows])
    optimiser = torch.optim.SGD(net.parameters(), lr=rate, momentum=.9, weight_decay=5e-4)
    found = []
    for k in range(20):
        at = 32 * k % 512
        optimiser.zero_grad()
        loss = F.cross_entropy(net(x[at:at + 32].reshape(-1, 1, 8, 8)), y[at:at + 32]) + getattr(net, "penalty", 0)
        loss.backward()
        norm = torch.sqrt(sum((p.grad ** 2).sum() for p in net.parameters()))
        for p in net.parameters():
            p.grad.mul_(torch.clamp(1 / norm, max=1))
        optimiser.step()
        found.append(loss.item())
    net.eval()
    with torch.no_grad():
        found.append((F.cross_entropy(net(x[512:576].reshape(-1, 1, 8, 8)), y[512:576]) + getattr(net, "penalty", 0)).item())
    return found


nets = {
    "convolutional-net": lambda: of.Convolutional(5),
    "perceptron-relu": lambda: of.perceptron(nn.ReLU),
    "perceptron-tanh": lambda: of.perceptron(nn.Tanh),
    "perceptron-gelu": lambda: of.perceptron(nn.GELU),
    "vision-transformer": lambda: of.VisionTransformer(4, 8, 2, 2),
    "gpt": lambda: of.Gpt(5, -1, 2, 8, 2, 2),
    "siren": lambda: of.Siren([12, 7], 3),
    "kan": lambda: of.Kan([6], 5, 3, -1.1, 2.3),
    "recurrent": lambda: of.Recurrent(9),
    "set-attention": lambda: of.SetAttention(6, 1, 2),
    "message-passing": lambda: of.MessagePassing(7, 2),
    "neural-ode": lambda: of.NeuralOde(6, 9, 3),
    "resnet-18": lambda: of.Resnet(18, 2),
    "resnet-50": lambda: of.Resnet(50, 1),
    "autoencoder": lambda: of.Autoencoder([11], 5, .5),
}
# Batch norms of few narrow channels amplify rounding: at 0.1 PyTorch's own precisions part ways on these.
rates = {"resnet-18": .01, "resnet-50": .0001}
out = {"torch": torch.__version__}
for name, make in nets.items():
    rate = rates.get(name, .1)
    out[name] = {"float32": losses(make(), torch.float32, rate), "float64": losses(make(), torch.float64, rate)}
    if name in rates:
        out[name]["rate"] = rate
print(json.dumps(out, indent=1))
