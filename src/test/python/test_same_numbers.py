"""PyTorch and numpy compute what the engine computed."""

import json
import os

import numpy as np
import pyarrow.compute as pc
import pytest
import torch
from torch.func import functional_call, grad, jvp
from torch.nn.attention import SDPBackend, sdpa_kernel

import phasezoo as pz

import draws
import oracle
from conftest import populations
from nets import Net

NETS = [p for p in populations() if (p / "splits.arrow").exists()]
torch.set_num_threads(1)


def finished(population):
    return population.select("outcome == 'finished'")["id"].to_pylist()


def measured(population, definition):
    rows = population.metrics().filter(pc.field("definition") == definition)
    return [row for row in rows.to_pylist() if row["status"] != "undefined"]


def checkpoints(population):
    return pc.unique(population.table("probe.arrow")["checkpoint"]).to_pylist()


def by_hand(population, id, checkpoint):
    """Return a member as a net that is written by hand and knows nothing of the stored graph."""
    architecture, state = population._planned[id]["architecture"], population.state_dict(id, checkpoint)
    net = Net(json.loads((population.folder / f"model-{architecture}.json").read_bytes()))
    net.to(next(iter(state.values())).dtype).load_state_dict(state, strict=False)
    assert {name for name in net.state_dict() if not name.endswith("num_batches_tracked")} == set(state)
    return net.eval()


@pytest.mark.parametrize("folder", NETS, ids=lambda p: "/".join(p.parts[-3:]))
def test_every_net_gives_the_engines_outputs_at_every_checkpoint(folder):
    population = pz.open(folder)
    tolerance = {np.dtype(np.float32): 1e-5, np.dtype(np.float64): 1e-12}
    compared, worst = 0, {}
    for checkpoint in checkpoints(population):
        for id in finished(population):
            inputs, expected = population.probe(id, checkpoint)
            assert inputs.shape[0] == expected.shape[0] == 32
            architecture = population._planned[id]["architecture"]
            for net in (population.module(id, checkpoint), by_hand(population, id, checkpoint)):
                with torch.no_grad():
                    outputs = net(torch.tensor(inputs)).numpy()
                assert outputs.dtype == inputs.dtype == expected.dtype
                deviation = np.abs(outputs - expected).max() / np.abs(expected).max()
                assert deviation <= tolerance[expected.dtype], (type(net), id, checkpoint)
                which = f"{architecture}{' by hand' if isinstance(net, Net) else ''}"
                worst[which] = max(worst.get(which, 0.0), deviation)
            compared += 1
    print(folder.name, {name: f"{value:.1e}" for name, value in worst.items()})
    assert compared == len(pz.open(folder).table("probe.arrow"))


@pytest.mark.parametrize("precision", [np.float32, np.float64], ids=["float32", "float64"])
def test_every_kind_of_architecture_was_compared(precision):
    kinds = set()
    for folder in NETS:
        population = pz.open(folder)
        for name in (
            population.architectures
            if population.probe(finished(population)[0], checkpoints(population)[-1])[0].dtype == precision
            else []
        ):
            kinds.add(json.loads((folder / f"model-{name}.json").read_bytes())["architecture"]["kind"])
    built = {name.removeprefix("run_").replace("_", "-") for name in dir(Net) if name.startswith("run_")}
    missing = (built | {"scaled", "depth-scaled"}) - kinds
    if missing and os.environ.get("PHASEZOO_TESTS") != "all":
        pytest.skip(f"no nets of {sorted(missing)}; ./phasezoo run src/test/suites/architectures")
    assert not missing


@pytest.mark.parametrize("folder", NETS, ids=lambda p: "/".join(p.parts[-3:]))
def test_accuracy_loss_and_gap_of_every_net_are_the_stored_ones(folder):
    population = pz.open(folder)
    wanted = ("loss.train.v1", "accuracy.train.v1", "loss.test.v1", "accuracy.test.v1", "gap.accuracy.v1")
    checked = 0
    stored = {}
    for definition in wanted:
        for row in measured(population, definition):
            stored.setdefault((row["a"], row["checkpoint"]), {})[definition] = row["value"]
    for (id, checkpoint), values in stored.items():
        data, net = population.data(id), population.module(id, checkpoint)
        found = {}
        for part in ("train", "test"):
            rows = getattr(data, part)
            with torch.no_grad():
                logits = net(torch.tensor(data.inputs[rows], dtype=next(net.parameters()).dtype)).double()
            labels = torch.tensor(data.labels[rows])
            found[f"accuracy.{part}.v1"] = 100.0 * int((logits.argmax(1) == labels).sum()) / len(rows)
            found[f"loss.{part}.v1"] = torch.nn.functional.cross_entropy(logits, labels).item()
        found["gap.accuracy.v1"] = found["accuracy.train.v1"] - found["accuracy.test.v1"]
        for definition, value in values.items():
            within = 1e-6 if definition.startswith("loss") else 1e-12  # the rounding of float32 logits
            assert found[definition] == pytest.approx(value, rel=1e-5 if within == 1e-6 else 0, abs=within), (
                id,
                definition,
            )
            checked += 1
    assert checked == sum(map(len, stored.values()))


@pytest.mark.parametrize("folder", NETS, ids=lambda p: "/".join(p.parts[-3:]))
def test_derivatives_of_every_architecture_are_those_by_hand(folder):
    """The gradient, and H v forward over reverse, of the mean squared logit, on one image and on five."""
    population, seen = pz.open(folder), set()
    for id in finished(population):
        architecture = population._planned[id]["architecture"]
        if architecture in seen:
            continue
        seen.add(architecture)
        checkpoint = checkpoints(population)[-1]
        own, other = population.module(id, checkpoint).double(), by_hand(population, id, checkpoint).double()
        along = {n: torch.cos(torch.arange(p.numel()).double()).reshape(p.shape) for n, p in own.named_parameters()}
        for count in (1, 5):
            x = torch.tensor(population.data(id).inputs[:count]).double()

            def loss(point, x=x, net=own):
                return functional_call(net, point, (x,)).square().mean()

            gradient, product = jvp(grad(loss), ({n: p.detach() for n, p in own.named_parameters()},), (along,))
            parameters = dict(other.named_parameters())
            with sdpa_kernel(SDPBackend.MATH):
                value = other(x).square().mean()
                first = torch.autograd.grad(value, parameters.values(), create_graph=True, materialize_grads=True)
                slope = sum((g * along[n]).sum() for g, n in zip(first, parameters, strict=True))
                second = torch.autograd.grad(slope, parameters.values(), materialize_grads=True)
            for found, expected in ((gradient, first), (product, second)):
                scale = max(e.abs().max() for e in expected)
                for n, e in zip(parameters, expected, strict=True):
                    assert (found[n] - e).abs().max() <= 1e-10 * scale, (architecture, n)


@pytest.mark.parametrize("folder", NETS, ids=lambda p: "/".join(p.parts[-3:]))
def test_a_batch_of_any_size_is_its_images_one_by_one_and_a_net_goes_to_a_device(folder):
    population = pz.open(folder)
    for id in {population._planned[id]["architecture"]: id for id in finished(population)}.values():
        at = checkpoints(population)[-1]
        net, x = population.module(id, at).double(), torch.tensor(population.data(id).inputs[:7]).double()
        with torch.no_grad():
            assert torch.allclose(net(x), torch.cat([net(x[i : i + 1]) for i in range(7)]), rtol=1e-12, atol=1e-12)
            there = net.to("meta")(x.to("meta"))
        assert there.device.type == "meta" and there.shape == (7, population.probe(id, at)[1].shape[1])


@pytest.mark.parametrize("folder", NETS, ids=lambda p: "/".join(p.parts[-3:]))
def test_training_data_and_splits_are_those_drawn_anew(folder):
    population = pz.open(folder)
    for id in population.members["id"].to_pylist():
        settings = draws.study_of(population, id)["data"]
        assert settings["kind"] == "digits"
        data = population.data(id)
        expected = draws.digits(settings, draws.split_key(population, id))
        assert all(np.array_equal(a, b) for a, b in zip(data, expected, strict=True))
        assert data.inputs.dtype == np.float32 and data.labels.dtype == np.int64


def test_the_inputs_are_those_of_the_probe(digits):
    inputs = digits.probe(finished(digits)[0])[0]
    assert np.array_equal(digits.data().inputs[:32], inputs)


def test_the_split_has_every_image_at_most_once(digits):
    data = digits.data()
    both = np.concatenate([data.train, data.test])
    assert len(data.train) == 512 and len(data.test) == 1285 and len(set(both.tolist())) == 1797
    assert data.inputs.dtype == np.float32 and set(data.labels.tolist()) == set(range(10))


def test_distances_of_all_pairs_are_the_stored_ones(digits):
    flat = {}
    for weights in digits.weights(checkpoint="best").values():
        flat |= dict(zip(weights.rows["member"].to_pylist(), weights.flat().astype(float), strict=True))
    rows = measured(digits, "distance.l2.v1")
    assert len(rows) == 90
    for row in rows:
        assert np.linalg.norm(flat[row["a"]] - flat[row["b"]]) == pytest.approx(row["value"], rel=1e-12)


def test_similarities_of_all_pairs_are_the_stored_ones(digits):
    """The definition on the same mixed-up inputs: what differs is the rounding of float32 logits."""
    setting = oracle.settings(digits, "cka")
    purposes = [f"cka.softmax.taxonomy.v1/{what}" for what in ("order", "partner", "mix")]
    assert all(setting["shares"][purpose] == ["members"] for purpose in purposes)
    keys = [oracle.metric_key(purpose, [], shared=True) for purpose in purposes]
    inputs = oracle.mixed_up(digits.data(), *keys, setting["metric"]["examples"], setting["metric"]["mixup"])
    at = setting["checkpoint"]
    features = {id: oracle.softmax(digits.module(id, at), inputs) for id in finished(digits)}
    for definition, estimate in (
        ("cka.softmax.taxonomy.v1", oracle.cka),
        ("cka.softmax.debiased.v1", oracle.debiased_cka),
    ):
        rows = measured(digits, definition)
        assert len(rows) == 90
        for row in rows:
            assert estimate(features[row["a"]], features[row["b"]]) == pytest.approx(row["value"], abs=1e-5)


def hessian(digits, id):
    setting = oracle.settings(digits, "hessian-spectrum")
    data, examples = digits.data(id), setting["metric"]["examples"]
    order = oracle.permutation(oracle.metric_key("hessian.trace.v1/examples", [id]), len(data.train))
    rows = data.train[order[:examples]]
    return oracle.Hessian(digits.module(id, setting["checkpoint"]), data.inputs[rows], data.labels[rows])


def row_of(digits, id, definition):
    return next(row for row in measured(digits, definition) if row["a"] == id)


@pytest.mark.parametrize("where", ["width == 1 and seed == 0", "width == 2 and batchSize >= 64 and seed == 1"])
def test_curvature_of_small_nets_is_that_of_the_whole_hessian(digits, where):
    for id in digits.select(where)["id"].to_pylist():
        matrix = hessian(digits, id).dense()
        assert np.abs(matrix - matrix.T).max() < 1e-10
        row = row_of(digits, id, "hessian.lambda-max.v1")
        assert abs(np.linalg.eigvalsh(matrix)[-1] - row["value"]) <= row["residual"] + 1e-9
        trace = row_of(digits, id, "hessian.trace.v1")
        assert abs(np.trace(matrix) - trace["value"]) < 4 * trace["se_estimator"]


@pytest.mark.parametrize("where", ["width == 16 and seed == 2 and batchSize in [8, 256]", "width == 8 and seed == 0"])
def test_curvature_of_large_nets_is_that_of_hessian_products(digits, where):
    """λ_max by an own Lanczos iteration; the trace with the same probes, which must agree to rounding (float64)."""
    probes = oracle.settings(digits, "hessian-spectrum")["metric"]["probes"]
    for id in digits.select(where)["id"].to_pylist():
        matrix = hessian(digits, id)
        row = row_of(digits, id, "hessian.lambda-max.v1")
        assert abs(matrix.largest(40) - row["value"]) <= row["residual"] + 1e-6 * abs(row["value"])
        draws = oracle.words(
            oracle.metric_key("hessian.trace.v1/probes", [id]), np.arange(probes * matrix.size, dtype=np.uint64)
        )[:, 0]
        signs = np.where(draws >> np.uint64(63), -1.0, 1.0).reshape(probes, -1)
        quotients = [z @ (matrix @ z) for z in signs]
        trace = row_of(digits, id, "hessian.trace.v1")
        assert np.mean(quotients) == pytest.approx(trace["value"], rel=1e-10)
        error = np.std(quotients, ddof=1) / np.sqrt(probes)
        assert error == pytest.approx(trace["se_estimator"], rel=1e-8)
