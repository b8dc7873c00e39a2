"""What a population gives: tables, selections, tensors, data sets."""

import time

import numpy as np
import pyarrow as pa
import pytest
import torch

import phasezoo as pz
from phasezoo import modules

import synthetic
from conftest import home, need, populations


def test_members_go_to_pandas_and_polars(digits):
    pandas, polars = need("pandas"), need("polars")
    frame = digits.members.to_pandas()
    assert (
        isinstance(frame, pandas.DataFrame)
        and len(frame) == 90
        and list(frame)[:4]
        == [
            "id",
            "width",
            "batchSize",
            "seed",
        ]
    )
    assert digits.members.to_polars().equals(polars.DataFrame(digits.members))
    assert pa.table(digits.members).equals(digits.members.arrow)


def test_wide_metrics_say_what_the_long_ones_say(digits):
    wide = {row["id"]: row for row in digits.metrics(wide=True).to_pylist()}
    rows = digits.metrics().where("subject == 'member'").to_pylist()
    assert len(rows) == 90 * 7
    for row in rows:
        assert wide[row["a"]][row["definition"]] == (row["value"] if row["status"] == "ok" else None)


def test_cells_are_the_means_over_seeds(digits):
    pandas = need("pandas")
    mean = digits.metrics(wide=True).to_pandas().groupby(["width", "batchSize"])["accuracy.test.v1"].mean()
    cells = digits.cells.to_pandas().set_index(["width", "batchSize"])["accuracy.test.v1"]
    pandas.testing.assert_series_equal(mean, cells.sort_index(), rtol=1e-12)


def test_series_and_curves_belong_to_the_members(digits):
    ids = set(digits.members["id"].to_pylist())
    assert set(digits.series["member"].to_pylist()) == ids
    assert set(digits.curves["a"].to_pylist()) <= ids


@pytest.mark.parametrize(
    "where",
    [
        "width == 4",
        "width > 2 and not batchSize == 8",
        "seed in [0, 2] or width == 1",
        "4 <= width < 12 and seed not in [0]",
        "width * 2 + batchSize / 2 - 1 >= 30",
        "outcome == 'finished' and width == -(-4)",
        "`hessian.lambda-max.v1` < 5 and accuracy.test.v1 > 90",
    ],
)
def test_a_selection_is_that_of_pandas(digits, where):
    need("pandas")
    frame = digits.metrics(wide=True).to_pandas().rename(columns={"accuracy.test.v1": "accuracy"})
    expected = frame.query(where.replace("accuracy.test.v1", "accuracy"))["id"].tolist()
    assert 0 < len(expected) < 90 or "outcome" in where
    assert digits.select(where)["id"].to_pylist() == expected
    assert digits.metrics(wide=True, where=where)["id"].to_pylist() == expected


def test_a_phase_selects_the_members_of_its_cells(digits):
    phases = {(r["width"], r["batchSize"]): r["phase"] for r in digits.phases("taxonomy-digits").to_pylist()}
    assert len(phases) == 30 and digits.phases().equals(digits.phases("taxonomy-digits").arrow)
    found = set(digits.select("phase == 'IV-B' and seed < 2")["id"].to_pylist())
    for row in digits.members.to_pylist():
        inside = phases[row["width"], row["batchSize"]] == "IV-B" and row["seed"] < 2
        assert inside == (row["id"] in found)


@pytest.mark.parametrize(
    "where",
    [
        "",
        "seed <",
        "seed",
        "widht == 4",
        "seed == 'a'",
        "__import__('os').getcwd()",
        "[c for c in seed]",
        "lambda: 1",
        "seed.__class__ == 1",
        "f'{seed}' == '1'",
        "seed == 1 if 1 else 2",
        "(seed := 1) == 1",
        "seed ** 99 > 1",
        "seed in width",
        "not " * 5000 + "seed == 1",
    ],
)
def test_a_selection_that_is_none_is_refused_in_one_line(digits, where):
    with pytest.raises(pz.BadSelection) as error:
        digits.select(where)
    assert "\n" not in str(error.value) and len(str(error.value)) < 300


def test_a_misspelt_column_is_told_the_nearest(digits):
    with pytest.raises(pz.BadSelection, match='did you mean "width"'):
        digits.select("widht == 4")


def test_rows_that_stand_together_are_views_of_the_file_and_others_copies(digits):
    one = digits.weights("width == 16 and batchSize == 8 and seed == 0", "best")["convolutional-net-16"]
    assert one["conv2.weight"].shape == (1, 32, 16, 3, 3)
    assert not one["conv2.weight"].flags.owndata and not one["conv2.weight"].flags.writeable
    many = digits.weights("width == 16", "best")["convolutional-net-16"]
    assert many["conv2.weight"].shape == (15, 32, 16, 3, 3)
    assert np.array_equal(many["conv2.weight"][:1], one["conv2.weight"])


def test_the_flat_view_is_laid_out_as_said(digits):
    for weights in digits.weights("seed == 1", "init").values():
        flat = weights.flat()
        assert flat.shape == (len(weights.rows), weights.layout[-1].stop)
        for name, shape, start, stop in weights.layout:
            assert np.array_equal(flat[:, start:stop].reshape(-1, *shape), weights[name])


def test_the_last_checkpoint_is_the_default(digits):
    weights = digits.weights("width == 2")["convolutional-net-2"]
    assert set(weights.rows["checkpoint"].to_pylist()) == {"last"}
    id = weights.rows["member"][0].as_py()
    assert all(torch.equal(t, digits.state_dict(id, "last")[n]) for n, t in digits.state_dict(id).items())
    with pytest.raises(pz.NotStored, match="name one of"):
        digits.weights(checkpoint="7")


def test_a_data_set_pairs_weights_with_what_was_measured_on_them(digits):
    whole = digits.dataset("accuracy.test.v1")
    wide = {row["id"]: row["accuracy.test.v1"] for row in digits.metrics(wide=True).to_pylist()}
    assert len(whole) == 90
    for i in (0, 41, 89):
        tensors, target = whole[i]
        assert target.item() == pytest.approx(wide[whole.members[i]])
        best = digits.state_dict(whole.members[i], "best")
        assert all(torch.equal(best[n], t) for n, t in tensors.items())


def test_no_cell_has_seeds_in_two_parts(digits):
    cells = {row["id"]: (row["width"], row["batchSize"]) for row in digits.members.to_pylist()}
    parts = [{cells[m] for m in digits.dataset(split=s).members} for s in ("train", "validation", "test")]
    assert [len(part) for part in parts] == [18, 6, 6] and len(set.union(*parts)) == 30


def test_a_data_set_goes_through_a_loader(digits):
    data = digits.dataset("hessian.trace.v1", where="width == 4")
    tensors, targets = next(iter(torch.utils.data.DataLoader(data, batch_size=5)))
    assert tensors["conv1.weight"].shape == (5, 4, 1, 3, 3) and targets.shape == (5,)


@pytest.mark.parametrize("folder", populations(), ids=lambda p: "/".join(p.parts[-3:]))
def test_every_population_at_home_opens_and_verifies(folder):
    population = pz.open(folder)
    assert len(population.members) == len(population.manifest["members"])
    assert population.verify()["files"] > 4
    assert population.cells.num_rows >= 1 and population.metrics().num_rows >= 0
    if not population.architectures:
        with pytest.raises(pz.NotStored):
            population.weights()


def test_phases_of_another_population_are_refused():
    with pytest.raises(pz.NotStored, match="not over the cells"):
        pz.open(home() / "zoo/phase-digits-v1/quick/fixed-updates").phases()


def test_a_float64_net_gives_numpys_outputs_to_1e_12(tmp_path):
    draw = np.random.default_rng(1).normal
    tensors = {"layers.0.weight": draw(size=(8, 5, 6)), "layers.0.bias": draw(size=(8, 5))}
    tensors |= {"layers.1.weight": draw(size=(8, 3, 5)), "layers.1.bias": draw(size=(8, 3))}
    ids = [f"{i:064x}" for i in range(8)]
    model = {"architecture": {"kind": "perceptron", "hidden": [5], "activation": "tanh"}, "classes": 3}
    model["input"] = {"channels": 1, "height": 2, "width": 3}
    synthetic.population(tmp_path / "p", ids, "mlp", model, synthetic.tensor_table(ids, ["last"] * 8, tensors))
    population = pz.open(tmp_path / "p")
    assert population.verify() == {"files": 3, "rows": 8}
    x = draw(size=(32, 1, 2, 3))
    for i, id in enumerate(ids):
        hidden = np.tanh(x.reshape(32, 6) @ tensors["layers.0.weight"][i].T + tensors["layers.0.bias"][i])
        expected = hidden @ tensors["layers.1.weight"][i].T + tensors["layers.1.bias"][i]
        outputs = population.module(id)(torch.tensor(x)).detach().numpy()
        assert outputs.dtype == np.float64
        assert np.abs(outputs - expected).max() < 1e-12 * np.abs(expected).max()
    stored = population.weights("seed == 1 or width == 2")["mlp"]
    assert np.array_equal(stored["layers.0.weight"], tensors["layers.0.weight"][[1, 3, 4, 5, 7]])


def test_buffers_are_loaded_and_a_new_kind_is_one_function(tmp_path, monkeypatch):
    tensors = {n: np.full((2, 4), v, np.float32) for n, v in [("weight", 2), ("bias", 1), ("running_mean", 3)]}
    tensors |= {"running_var": np.full((2, 4), 4, np.float32)}
    ids = ["a" * 64, "b" * 64]
    table = synthetic.tensor_table(ids, ["last"] * 2, {f"norm.{n}": a for n, a in tensors.items()})
    synthetic.population(tmp_path / "p", ids, "normed", {"architecture": {"kind": "normed"}}, table)
    population = pz.open(tmp_path / "p")
    with pytest.raises(pz.NotStored, match="no builder for the kind"):
        population.module(ids[0])
    monkeypatch.setattr(modules.Net, "run_normed", lambda net, x: net.norm(x), raising=False)
    assert torch.allclose(population.module(ids[0])(torch.full((1, 4, 1, 1), 7.0)), torch.tensor(5.0), atol=1e-4)


def test_100_000_rows_of_metrics_take_less_than_a_second(tmp_path):
    n = 10_000
    ids = [f"{i:064x}" for i in range(n)]
    table = synthetic.tensor_table(ids, ["last"] * n, {"w": np.zeros((n, 1), np.float32)})
    synthetic.population(tmp_path / "p", ids, "one", {}, table)
    names = [f"quantity-{i}.v1" for i in range(10)]
    long = pa.table(
        {
            "subject": ["member"] * 10 * n,
            "a": [id for id in ids for _ in names],
            "checkpoint": ["last"] * 10 * n,
            "definition": names * n,
            "value": np.arange(10.0 * n),
            "status": ["ok"] * 10 * n,
        }
    )
    synthetic.measures(tmp_path / "p", long)
    took = []
    for _ in range(3):
        start = time.perf_counter()
        wide = pz.open(tmp_path / "p").metrics(wide=True, where="`quantity-3.v1` > 50000")
        took.append(time.perf_counter() - start)
    assert wide.num_rows == 5000 and wide["quantity-9.v1"][-1].as_py() == 10 * n - 1
    print(f"100,000 rows: {min(took):.3f} s")
    assert min(took) < 1
