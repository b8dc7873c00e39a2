"""The metrics once more, from their definitions, in numpy and PyTorch; shared with the engine: the draws."""

import numpy as np
import torch
from torch.func import functional_call, grad, jvp

from draws import key, permutation, words


def metric_key(purpose: str, members: list[str], shared: bool = False) -> int:
    """Return the key of a metric's draws on these members, or of those that all subjects share."""
    of = {} if shared else {"members": members}
    return key(of | {"purpose": purpose, "stream": ""})


def settings(population, kind: str) -> dict:
    """Return a measure's settings from the manifest of the measures."""
    measures = population._measures.manifest["settings"]["measures"]
    return next(m for m in measures if m["metric"]["kind"] == kind)


def softmax(net: torch.nn.Module, inputs: np.ndarray) -> np.ndarray:
    """Return class probabilities `(n, classes)` in double precision of single-precision logits."""
    with torch.no_grad():
        return torch.softmax(net(torch.tensor(inputs)).double(), 1).numpy()


def mixed_up(data, order: int, partner: int, mix: int, examples: int, shape: int) -> np.ndarray:
    """Return mixed-up training inputs `(examples, 1, 8, 8)`: λ x + (1 − λ) x′, λ ~ Beta(shape, shape)."""
    n = len(data.train)
    rows = np.concatenate([data.train[permutation(order, n, lap)] for lap in range(-(-examples // n))])[:examples]
    index = np.arange(2 * shape * examples, dtype=np.uint64)
    uniform = (words(mix, index)[:, 0] >> np.uint64(11)).astype(float) * 2.0**-53
    left, right = (-np.log(uniform + 2.0**-53)).reshape(examples, 2, shape).sum(2).T
    share = (left / (left + right)).reshape(-1, 1, 1, 1)
    x = data.inputs[rows].astype(float)
    return (share * x + (1 - share) * x[permutation(partner, examples)]).astype(np.float32)


def cka(x: np.ndarray, y: np.ndarray) -> float:
    """Return linear CKA by centred Gram matrices (Kornblith et al. 2019, equations 2 to 4)."""
    centre = np.eye(len(x)) - 1 / len(x)
    k, l_ = centre @ (x @ x.T) @ centre, centre @ (y @ y.T) @ centre
    return (k * l_).sum() / np.sqrt((k * k).sum() * (l_ * l_).sum())


def hsic1(k: np.ndarray, l_: np.ndarray) -> float:
    """Return the unbiased estimator of HSIC (Song et al. 2012, equation 5) of two Gram matrices."""
    n = len(k)
    k, l_ = k - np.diag(np.diag(k)), l_ - np.diag(np.diag(l_))
    middle = k.sum() * l_.sum() / ((n - 1) * (n - 2)) - 2 / (n - 2) * (k @ l_).sum()
    return (np.trace(k @ l_) + middle) / (n * (n - 3))


def debiased_cka(x: np.ndarray, y: np.ndarray) -> float:
    """Return debiased linear CKA (Nguyen, Raghu and Kornblith 2021, equation 3)."""
    k, l_ = x @ x.T, y @ y.T
    return hsic1(k, l_) / np.sqrt(hsic1(k, k) * hsic1(l_, l_))


class Hessian:
    """The Hessian of the mean cross-entropy in double precision, as products with vectors."""

    def __init__(self, net: torch.nn.Module, inputs: np.ndarray, labels: np.ndarray) -> None:
        self.net = net.double()
        self.point = {n: p.detach() for n, p in self.net.named_parameters()}
        self.x, self.y = torch.tensor(inputs).double(), torch.tensor(labels)
        self.size = sum(p.numel() for p in self.point.values())

    def __matmul__(self, v: np.ndarray) -> np.ndarray:
        """Return H v."""
        pieces = torch.split(torch.tensor(v), [p.numel() for p in self.point.values()])
        along = {n: piece.reshape(p.shape) for (n, p), piece in zip(self.point.items(), pieces, strict=True)}

        def loss(point):
            return torch.nn.functional.cross_entropy(functional_call(self.net, point, (self.x,)), self.y)

        _, product = jvp(grad(loss), (self.point,), (along,))
        return torch.cat([p.ravel() for p in product.values()]).numpy()

    def dense(self) -> np.ndarray:
        """Return the whole matrix."""
        return np.stack([self @ row for row in np.eye(self.size)])

    def largest(self, steps: int) -> float:
        """Return the largest eigenvalue by Lanczos with full reorthogonalisation, from a start of its own."""
        q = np.random.default_rng(0).normal(size=self.size)
        basis, t = [q / np.linalg.norm(q)], np.zeros((steps, steps))
        for j in range(steps):
            w = self @ basis[-1]
            done = np.stack(basis)
            t[: j + 1, j] = t[j, : j + 1] = done @ w
            for _ in range(2):
                w = w - done.T @ (done @ w)
            basis.append(w / np.linalg.norm(w))
        return float(np.linalg.eigvalsh(t)[-1])
