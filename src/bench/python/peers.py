"""The engine's workloads in PyTorch and JAX, and its products of matrices in NumPy (OpenBLAS) and PyTorch (MKL): one training step or
product, one thread, wall time, best of many windows.

    python peers.py [--seconds S] [--workloads cnn64,mlp32,matmul-64-784-128,...]

Prints one line per mode that ran: workload, library with version, mode, milliseconds, tab-separated. A mode that fails says so on
standard error and is left out. Networks, batches and losses are those of `org.phasezoo.bench.Workload`; inputs lie ready in
memory. PyTorch runs eagerly and compiled, in its default memory layout and in channels_last where there are images; JAX runs
compiled with donated state. Products write into an array that is there; small ones run in stacks too, so that a call from Python
does not count.
"""
import argparse
import os
import sys
import time

THREADS = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
XLA = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
MALLOC = {"MALLOC_MMAP_THRESHOLD_": "1073741824", "MALLOC_TRIM_THRESHOLD_": "1073741824", "MALLOC_TOP_PAD_": "67108864"}


def blas():
    """OpenBLAS takes AMD processors with AVX-512 for older ones and multiplies half as fast as it could."""
    try:
        with open("/proc/cpuinfo") as info:
            has = info.read()
    except OSError:
        return {}
    return {"OPENBLAS_CORETYPE": "Sapphirerapids"} if "AuthenticAMD" in has and "avx512_bf16" in has else {}


if os.environ.get("PHASEZOO_PEERS") != "ready":
    # Thread counts and the allocator's settings are read when a process starts.
    os.environ.update(THREADS, XLA_FLAGS=XLA, JAX_PLATFORMS="cpu", PHASEZOO_PEERS="ready", **MALLOC, **blas())
    if hasattr(os, "sched_setaffinity"):
        # JAX keeps a pool of threads whatever the flags say: one core is one thread.
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.execv(sys.executable, [sys.executable] + sys.argv)


def best(step, seconds):
    """Shortest mean wall time of a window of at least 5 ms, in milliseconds, after a warm-up."""
    until = time.perf_counter() + max(1.0, seconds / 3)
    while time.perf_counter() < until:
        step()
    calls, shortest = 1, float("inf")
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        begun = time.perf_counter()
        for _ in range(calls):
            step()
        took = time.perf_counter() - begun
        shortest = min(shortest, took / calls)
        if took < .005:
            calls *= 2
    return shortest * 1e3


def say(workload, library, mode, milliseconds):
    print(f"{workload}\t{library}\t{mode}\t{milliseconds:.8f}", flush=True)


def attempt(workload, library, mode, make, seconds, steps=1):
    """Times a step of a mode; `steps` of them are one call."""
    try:
        say(workload, library, mode, best(make(), seconds) / steps)
    except Exception as error:  # a peer that cannot run a mode has no figure for it
        print(f"{workload} {library} {mode}: {str(error).splitlines()[0][:120]}", file=sys.stderr)


def with_blas(workloads, seconds):
    """Products m, k, n; where the result is small also stacks of 64, of which a product is a 64th."""
    import numpy as np
    import torch

    torch.set_num_threads(1)
    stack = 64
    numpy, library = "NumPy " + np.__version__, "PyTorch " + torch.__version__.split("+")[0]
    for name in workloads:
        m, k, n = map(int, name.split("-")[1:])
        a, b = (np.random.default_rng(0).normal(size=size).astype(np.float32) for size in ((m, k), (k, n)))
        y = np.empty((m, n), np.float32)
        ta, tb, ty = map(torch.from_numpy, (a, b, y))
        attempt(name, numpy, "OpenBLAS", lambda: lambda: np.matmul(a, b, out=y), seconds)
        attempt(name, library, "MKL", lambda: lambda: torch.mm(ta, tb, out=ty), seconds)
        if m * n <= 1 << 14:
            many = np.empty((stack, m, n), np.float32)
            rows = np.broadcast_to(a, (stack, m, k))
            attempt(name, numpy, "OpenBLAS stack", lambda: lambda: np.matmul(rows, b, out=many), seconds, stack)
            tensors = ta.expand(stack, m, k), tb.expand(stack, k, n)
            out = torch.from_numpy(many)
            attempt(name, library, "MKL stack", lambda: lambda: torch.bmm(*tensors, out=out), seconds, stack)


def with_torch(workloads, seconds):
    import torch
    from torch import nn
    from torch.nn import functional as F

    torch.set_num_threads(1)
    library = "PyTorch " + torch.__version__.split("+")[0]

    class Mean(nn.Module):
        def forward(self, x):
            return x.mean((2, 3))

    def cnn():
        layers, channels = [], 1
        for _ in range(3):
            layers += [nn.Conv2d(channels, 16, 3, 2, 1), nn.ReLU()]
            channels = 16
        return nn.Sequential(*layers, Mean(), nn.Linear(16, 10))

    class Residual(nn.Module):
        def __init__(self, width, norm):
            super().__init__()
            self.first, self.second = (nn.Conv2d(width, width, 3, padding=1, bias=False) for _ in range(2))
            self.norms = nn.ModuleList(nn.BatchNorm2d(width) if norm else nn.Identity() for _ in range(2))

        def forward(self, x):
            h = self.norms[0](self.first(x)).relu()
            return (self.norms[1](self.second(h)) + x).relu()

    class Transformer(nn.Module):
        def __init__(self, width=64, heads=4):
            super().__init__()
            self.heads = heads
            self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
            self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
            self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

        def forward(self, x):
            batch, tokens, width = x.shape
            q, k, v = (t.unflatten(2, (self.heads, -1)).transpose(1, 2) for t in self.qkv(self.norms[0](x)).chunk(3, 2))
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
            h = x + self.out(mixed.transpose(1, 2).reshape(batch, tokens, width))
            return h + self.down(F.gelu(self.up(self.norms[1](h))))

    square = lambda o: o.square().mean()

    def case(name):
        """Network, input, loss of its output, whether there are images."""
        if name.startswith("cnn") or name in ("hvp", "gradient"):
            n = int(name[3:]) if name.startswith("cnn") else 64
            y = torch.arange(n) % 10
            return cnn, torch.randn(n, 1, 28, 28), lambda o: F.cross_entropy(o, y), True
        if name.startswith("mlp"):
            n = int(name[3:])
            y = torch.arange(n) % 10
            make = lambda: nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
            return make, torch.randn(n, 784), lambda o: F.cross_entropy(o, y), False
        if name.startswith(("res", "bn")):
            width = int(name.lstrip("resbn"))
            return lambda: Residual(width, name.startswith("bn")), torch.randn(64, width, 32, 32), square, True
        if name == "trans":
            return Transformer, torch.randn(32, 64, 64), square, False
        y = torch.randn(16, 1)
        make = lambda: nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))
        return make, torch.randn(16, 2), lambda o: (o - y).square().mean(), False

    def training(name, compiled, last):
        torch._dynamo.reset()
        make, x, loss, _ = case(name)
        net = make()
        if last:
            net, x = net.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
        optimiser = torch.optim.SGD(net.parameters(), lr=.01, momentum=.9, foreach=True)
        forward = lambda x: loss(net(x))
        if compiled:
            forward = torch.compile(forward)

        def step():
            optimiser.zero_grad(set_to_none=True)
            forward(x).backward()
            optimiser.step()

        return step

    def derivative(second):
        make, x, loss, _ = case("cnn64")
        net = make()
        parameters = list(net.parameters())
        along = [torch.randn_like(p) for p in parameters]

        def step():
            gradient = torch.autograd.grad(loss(net(x)), parameters, create_graph=second)
            if second:
                torch.autograd.grad(sum((g * v).sum() for g, v in zip(gradient, along)), parameters)

        return step

    def population(compiled, members=256):
        torch._dynamo.reset()
        make, x, loss, _ = case("tiny16")
        nets = [make() for _ in range(members)]
        p, _ = torch.func.stack_module_state(nets)
        state = [p, {k: torch.zeros_like(t) for k, t in p.items()}]
        gradient = torch.func.vmap(torch.func.grad(lambda p: loss(torch.func.functional_call(nets[0], p, (x,)))))

        def update(p, v):
            g = gradient(p)
            v = {k: .9 * v[k] + g[k] for k in v}
            return {k: p[k].detach() - .01 * v[k] for k in p}, v

        run = torch.compile(update) if compiled else update

        def step():
            state[:] = run(*state)

        return step

    for name in workloads:
        if name == "tiny256":
            for compiled in (False, True):
                attempt(name, library, "vmap" + (" compile" if compiled else ""), lambda: population(compiled), seconds)
            continue
        if name in ("hvp", "gradient"):
            attempt(name, library, "eager", lambda: derivative(name == "hvp"), seconds)
            continue
        for compiled in (False, True):
            for last in (False, True) if case(name)[3] else (False,):
                mode = ("compile" if compiled else "eager") + (" channels_last" if last else "")
                attempt(name, library, mode, lambda: training(name, compiled, last), seconds)


def with_jax(workloads, seconds):
    import jax
    from jax import numpy as jnp

    library = "JAX " + jax.__version__
    draws = iter(jax.random.split(jax.random.PRNGKey(0), 200))
    normal = lambda *shape, scale=1.0: scale * jax.random.normal(next(draws), shape)
    zeros, ones = jnp.zeros, jnp.ones

    def conv(x, w, stride):
        return jax.lax.conv_general_dilated(x, w, (stride, stride), ((1, 1), (1, 1)), dimension_numbers=("NHWC", "HWIO", "NHWC"))

    def cnn(p, x):
        for w, b in p[:3]:
            x = jax.nn.relu(conv(x, w, 2) + b)
        w, b = p[3]
        return x.mean((1, 2)) @ w + b

    def mlp(p, x):
        (w0, b0), (w1, b1) = p
        return jax.nn.relu(x @ w0 + b0) @ w1 + b1

    def norm(x, axes, scale, bias):
        centred = x - x.mean(axes, keepdims=True)
        return centred * jax.lax.rsqrt(jnp.square(centred).mean(axes, keepdims=True) + 1e-5) * scale + bias

    def residual(p, x):
        h = jax.nn.relu(conv(x, p["w0"], 1))
        return jax.nn.relu(conv(h, p["w1"], 1) + x)

    def residual_norm(p, x):
        h = jax.nn.relu(norm(conv(x, p["w0"], 1), (0, 1, 2), p["s0"], p["b0"]))
        return jax.nn.relu(norm(conv(h, p["w1"], 1), (0, 1, 2), p["s1"], p["b1"]) + x)

    def transformer(p, x):
        batch, tokens, width = x.shape
        split = lambda t: t.reshape(batch, tokens, 4, width // 4).transpose(0, 2, 1, 3)
        q, k, v = (split(t) for t in jnp.split(norm(x, (2,), p["s0"], p["c0"]) @ p["qkv"] + p["bqkv"], 3, 2))
        scores = q @ k.swapaxes(2, 3) / 4.0
        scores = jnp.where(jnp.tril(jnp.ones((tokens, tokens), bool)), scores, -1e30)
        mixed = (jax.nn.softmax(scores) @ v).transpose(0, 2, 1, 3).reshape(batch, tokens, width)
        h = x + mixed @ p["o"] + p["bo"]
        up = jax.nn.gelu(norm(h, (2,), p["s1"], p["c1"]) @ p["u"] + p["bu"], approximate=False)
        return h + up @ p["d"] + p["bd"]

    def tiny(p, x):
        for w, b in p[:2]:
            x = jnp.tanh(x @ w + b)
        return x @ p[2][0] + p[2][1]

    def entropy(y):
        return lambda o: -jnp.take_along_axis(jax.nn.log_softmax(o), y[:, None], 1).mean()

    square = lambda o: jnp.square(o).mean()

    def case(name):
        """Function, parameters, input, loss of its output."""
        if name.startswith("cnn") or name in ("hvp", "gradient"):
            n = int(name[3:]) if name.startswith("cnn") else 64
            p = [(normal(3, 3, c, 16, scale=(9 * c) ** -.5), zeros(16)) for c in (1, 16, 16)] + [(normal(16, 10, scale=.25), zeros(10))]
            return cnn, p, normal(n, 28, 28, 1), entropy(jnp.arange(n) % 10)
        if name.startswith("mlp"):
            n = int(name[3:])
            return mlp, [(normal(784, 128, scale=.036), zeros(128)), (normal(128, 10, scale=.09), zeros(10))], normal(n, 784), entropy(jnp.arange(n) % 10)
        if name.startswith(("res", "bn")):
            c = int(name.lstrip("resbn"))
            p = {f"w{i}": normal(3, 3, c, c, scale=(9 * c) ** -.5) for i in range(2)}
            if name.startswith("bn"):
                p |= {f"s{i}": ones(c) for i in range(2)} | {f"b{i}": zeros(c) for i in range(2)}
            return (residual_norm if name.startswith("bn") else residual), p, normal(64, 32, 32, c), square
        if name == "trans":
            p = {f"s{i}": ones(64) for i in range(2)} | {f"c{i}": zeros(64) for i in range(2)}
            p |= {"qkv": normal(64, 192, scale=.125), "bqkv": zeros(192), "o": normal(64, 64, scale=.125), "bo": zeros(64)}
            p |= {"u": normal(64, 256, scale=.125), "bu": zeros(256), "d": normal(256, 64, scale=.0625), "bd": zeros(64)}
            return transformer, p, normal(32, 64, 64), square
        y = normal(16, 1)
        p = [(normal(2, 16), zeros(16)), (normal(16, 16, scale=.25), zeros(16)), (normal(16, 1, scale=.25), zeros(1))]
        return tiny, p, normal(16, 2), lambda o: jnp.square(o - y).mean()

    def training(name):
        net, p, x, loss = case(name)

        def update(p, v):
            g = jax.grad(lambda p: loss(net(p, x)))(p)
            v = jax.tree.map(lambda v, g: .9 * v + g, v, g)
            return jax.tree.map(lambda p, v: p - .01 * v, p, v), v

        compiled = jax.jit(update, donate_argnums=(0, 1))
        state = [p, jax.tree.map(jnp.zeros_like, p)]

        def step():
            state[:] = compiled(*state)
            jax.block_until_ready(state[0])

        return step

    def population(members=256):
        net, p, x, loss = case("tiny16")
        p = jax.tree.map(lambda t: jnp.stack([t] * members), p)

        def update(p, v):
            g = jax.grad(lambda p: loss(net(p, x)))(p)
            v = jax.tree.map(lambda v, g: .9 * v + g, v, g)
            return jax.tree.map(lambda p, v: p - .01 * v, p, v), v

        compiled = jax.jit(jax.vmap(update), donate_argnums=(0, 1))
        state = [p, jax.tree.map(jnp.zeros_like, p)]

        def step():
            state[:] = compiled(*state)
            jax.block_until_ready(state[0])

        return step

    def derivative(second):
        net, p, x, loss = case("cnn64")
        gradient = jax.grad(lambda p: loss(net(p, x)))
        v = jax.tree.map(jnp.ones_like, p)
        run = jax.jit((lambda p: jax.jvp(gradient, (p,), (v,))[1]) if second else gradient)
        return lambda: jax.block_until_ready(run(p))

    for name in workloads:
        if name == "tiny256":
            attempt(name, library, "vmap jit", population, seconds)
            continue
        make = (lambda: derivative(name == "hvp")) if name in ("hvp", "gradient") else (lambda: training(name))
        attempt(name, library, "jit", make, seconds)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=float, default=3, help="measuring time of each mode")
    options.add_argument("--workloads", required=True, help="names, comma-separated")
    chosen = options.parse_args()
    names = chosen.workloads.split(",")
    products = [name for name in names if name.startswith("matmul-")]
    steps = [name for name in names if name not in products]
    with_torch(steps, chosen.seconds)
    with_jax(steps, chosen.seconds)
    with_blas(products, chosen.seconds)
