"""What a population gives: tables, selections, tensors, data sets."""

import copy
import time

import numpy as np
import pyarrow as pa
import pytest
import torch

import phasezoo as pz

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
    assert polars.DataFrame(digits.members)["id"].to_list() == frame["id"].tolist()
    assert digits.members.to_polars().equals(polars.from_arrow(digits.members.arrow))
    assert digits.metrics(wide=True).to_polars().height == len(frame) == copy.copy(digits.members).num_rows
    assert repr(digits.members) == repr(digits.members.arrow)


def test_wide_metrics_say_what_the_long_ones_say(digits):
    wide = {row["id"]: row for row in digits.metrics(wide=True).to_pylist()}
    rows = [row for row in digits.metrics().to_pylist() if row["subject"] == "member"]
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
        assert flat.shape == (len(weights.rows), max(columns.stop for _, columns in weights.layout.values()))
        for name, (shape, columns) in weights.layout.items():
            assert np.array_equal(flat[:, columns].reshape(-1, *shape), weights[name])


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


def node(op, *of, **settings):
    return {"op": op, "of": list(of), **settings}


def test_a_float64_net_gives_numpys_outputs_to_1e_12(tmp_path):
    draw = np.random.default_rng(1).normal
    tensors = {"layers.0.weight": draw(size=(8, 5, 6)), "layers.0.bias": draw(size=(8, 5))}
    tensors |= {"layers.1.weight": draw(size=(8, 3, 5)), "layers.1.bias": draw(size=(8, 3))}
    ids = [f"{i:064x}" for i in range(8)]
    graph = [node("input", name="x", shape=["n"]), node("reshape", 0, shape=["n", 6])]
    for layer, size in (("layers.0", 5), ("layers.1", 3)):
        at = len(graph)
        graph += [node("input", name=f"{layer}.weight", shape=[]), node("input", name=f"{layer}.bias", shape=[])]
        graph += [node("contract", at - 1, at, transposeLeft=False, transposeRight=True)]
        graph += [node("broadcast", at + 1, shape=["n", size], axes=[1]), node("add", at + 2, at + 3)]
        graph += [node("tanh", at + 4)] if layer == "layers.0" else []
    synthetic.population(tmp_path / "p", ids, "mlp", graph, synthetic.tensor_table(ids, ["last"] * 8, tensors))
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


def module(tmp_path, graph, **tensors):
    """Return a net of this graph whose tensors are these."""
    rows = {name: np.stack([a, a]) for name, a in tensors.items()}
    ids = ["a" * 64, "b" * 64]
    synthetic.population(tmp_path / "p", ids, "own", graph, synthetic.tensor_table(ids, ["last"] * 2, rows))
    return pz.open(tmp_path / "p").module(ids[0])


X = np.array([[3.0, -1.0, 3.0], [0.25, 0.5, -2.0]])


@pytest.mark.parametrize(
    "nodes, expected",
    [
        ([node("constant", value=0.1), node("broadcast", 1, shape=["n", 2], axes=[])], np.full((2, 2), 0.1)),
        ([node("iota", shape=["n", 3], axis=1)], np.array([[0.0, 1, 2], [0, 1, 2]])),
        ([node("iota", shape=["n", 3], axis=0)], np.array([[0.0, 0, 0], [1, 1, 1]])),
        ([node("negate", 0)], -X),
        ([node("exp", 0), node("log", 1), node("cos", 2)], np.cos(X)),
        ([node("relu-slope", 0, slope=0.25)], np.where(X > 0, 1, 0.25)),
        ([node("stop-gradient", 0), node("relu", 1, slope=0.25)], np.where(X > 0, X, X / 4)),
        ([node("sin", 0), node("minimum", 0, 1)], np.minimum(X, np.sin(X))),
        ([node("sin", 0), node("at-most", 0, 1), node("where", 0, 2)], np.where(np.sin(X) >= X, X, 0)),
        ([node("first-max", 0)], np.array([[1.0, 0, 0], [0, 1, 0]])),
        ([node("sum", 0, axes=[0])], X.sum(0)),
        ([{**node("take", 0, shape=["n", 4]), "from": [[-1, 0, 2], [2, -2, 2]]}], np.c_[0 * X[:, :2], X[:, [2, 0]]]),
        (
            [node("input", name="deep.table", shape=[2, 2]), {**node("take", 1, shape=[2]), "from": [[3, -4, 2]]}],
            np.array([4.0, 0]),
        ),
        (
            [
                node("input", name="deep.table", shape=[2, 2]),
                node("constant", value=-1),
                node("broadcast", 2, shape=["n"], axes=[]),
                node("gather", 1, 3),
            ],
            np.zeros((2, 2)),
        ),
    ],
    ids=lambda value: "-".join(n["op"] for n in value) if isinstance(value, list) else "",
)
def test_an_op_is_what_its_definition_says(tmp_path, nodes, expected):
    net = module(
        tmp_path, [node("input", name="x", shape=["n"]), *nodes], **{"deep.table": np.array([[1.0, 2], [3, 4]])}
    )
    assert np.allclose(net(torch.tensor(X)).detach().numpy(), expected, rtol=1e-15, atol=1e-15)


def test_buffers_are_buffers_and_an_op_that_is_not_known_is_refused_by_name(tmp_path):
    graph = [
        node("input", name="norm.running_mean", shape=[2]),
        node("input", name="norm.scale", shape=[2]),
        node("add", 0, 1),
    ]
    net = module(tmp_path / "a", graph, **{"norm.running_mean": np.ones(4), "norm.scale": np.ones(4)})
    assert list(dict(net.named_buffers())) == ["norm.running_mean"]
    assert list(dict(net.named_parameters())) == ["norm.scale"]
    assert net(torch.zeros(1, 4)).tolist() == [2.0] * 4
    with pytest.raises(pz.NotStored, match=r'model-own.json: cannot run the op "fold"; install a newer') as error:
        module(tmp_path / "b", [node("input", name="x", shape=["n"]), node("fold", 0)], w=np.ones(1))
    assert "\n" not in str(error.value)


def test_data_of_several_sets_and_splits_are_told_by_member(tmp_path):
    ids = [f"{i:064x}" for i in range(4)]
    x = np.arange(12, dtype=np.float32).reshape(3, 2, 2)
    synthetic.population(
        tmp_path / "p", ids, "one", [], synthetic.tensor_table(ids, ["last"] * 4, {"w": np.ones((4, 1))})
    )
    synthetic.data(tmp_path / "p", [("data.arrow", ids[:1], [2], [0]), ("data-1.arrow", ids[1:3], [0, 1], [2])], x)
    population = pz.open(tmp_path / "p")
    with pytest.raises(pz.NotStored, match="name a member"):
        population.data()
    for id, times, train, test in [(ids[0], 1, [2], [0]), (ids[1], 2, [0, 1], [2]), (ids[2], 2, [0, 1], [2])]:
        data = population.data(id)
        assert np.array_equal(data.inputs, times * x) and data.labels.tolist() == [0, 1, 2]
        assert data.train.tolist() == train and data.test.tolist() == test


def test_100_000_rows_of_metrics_take_less_than_a_second(tmp_path):
    n = 10_000
    ids = [f"{i:064x}" for i in range(n)]
    table = synthetic.tensor_table(ids, ["last"] * n, {"w": np.zeros((n, 1), np.float32)})
    synthetic.population(tmp_path / "p", ids, "one", [], table)
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
