"""What the documents say to type works as written, and the notebook gives what it shows."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from conftest import ROOT, home, need


def blocks(document: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / document).read_text(), re.M | re.S)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Stand in a folder with the home's `zoo` and `results`, where pictures may be written."""
    for name in ("zoo", "results"):
        (tmp_path / name).symlink_to(home() / name)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def python(code: str) -> None:
    for module in re.findall(r"^import (.*?)(?:  #.*)?$", code, re.M):
        for name in module.split(","):
            need(name.split()[0].split(".")[0])
    exec(compile(code, "block", "exec"), {})


def javascript(code: str, folder: Path) -> str:
    """Run a module where Node finds apache-arrow: in `PHASEZOO_NODE`, made by `npm install --prefix`."""
    modules = os.environ.get("PHASEZOO_NODE")
    if not modules and os.environ.get("PHASEZOO_TESTS") != "all":
        pytest.skip("PHASEZOO_NODE names no folder with node_modules/apache-arrow")
    script = Path(modules, "block.mjs")
    script.write_text(code)
    done = subprocess.run(["node", script], cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout


DOCUMENTS = ["README.md", "zoo/README.md", "src/main/python/README.md"]
PYTHON = [(d, i) for d in DOCUMENTS for i in range(len(blocks(d, "python")))]
SCRIPTS = [(d, i) for d in DOCUMENTS for i in range(len(blocks(d, "js")))]


@pytest.mark.parametrize("document, i", PYTHON)
def test_python_in_the_documents_runs(document, i, here, capsys):
    python(blocks(document, "python")[i])
    assert document == "src/main/python/README.md" or capsys.readouterr().out.strip()
    assert document != "README.md" or (here / "accuracy.png").stat().st_size > 5000


@pytest.mark.parametrize("document, i", SCRIPTS)
def test_javascript_in_the_documents_runs(document, i, here):
    assert javascript(blocks(document, "js")[i], here).strip()


@pytest.mark.parametrize("i", range(4))
def test_python_gives_the_mean_accuracy(i, here, capsys, digits):
    python(blocks("zoo/README.md", "python")[i])
    assert float(capsys.readouterr().out) == pytest.approx(mean(digits), rel=1e-12)


def test_sql_gives_the_mean_accuracy(here, digits):
    duckdb = need("duckdb")
    (query,) = blocks("zoo/README.md", "sql")
    assert duckdb.sql(query).fetchone()[0] == pytest.approx(mean(digits), rel=1e-12)


def test_javascript_gives_the_mean_accuracy(here, digits):
    printed = javascript(blocks("zoo/README.md", "js")[0], here)
    assert float(printed) == pytest.approx(mean(digits), rel=1e-12)


def mean(digits) -> float:
    values = digits.metrics(wide=True)["accuracy.test.v1"].to_pylist()
    return sum(values) / len(values)


def test_the_notebook_prints_what_it_shows(monkeypatch):
    nbformat, nbclient = need("nbformat"), need("nbclient")
    need("matplotlib"), need("ipykernel"), need("pandas")
    file = ROOT / "src/main/python/notebooks/phases.ipynb"
    shown, run = nbformat.read(file, 4), nbformat.read(file, 4)
    monkeypatch.setenv("PHASEZOO_HOME", str(home()))
    nbclient.NotebookClient(run, timeout=300, kernel_name="python3").execute()

    def text(notebook):
        cells = (c.get("outputs", []) for c in notebook.cells)
        return ["".join(o["text"] for o in outputs if o["output_type"] == "stream") for outputs in cells]

    def pictures(notebook):
        shows = [c.get("outputs", []) for c in notebook.cells if "plt.show()" in c["source"]]
        return [sum("image/png" in o.get("data", {}) for o in outputs) for outputs in shows]

    assert text(run) == text(shown) and any(text(run))
    assert pictures(run) == pictures(shown) == [1, 1, 1, 1]
    if folder := os.environ.get("PHASEZOO_NOTEBOOK"):  # keep it, to look at its pictures
        nbformat.write(run, folder)
