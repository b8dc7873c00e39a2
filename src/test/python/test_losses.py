"""The losses that OracleTest holds the engine to, computed anew by the PyTorch at hand."""

import json
import subprocess
import sys

from conftest import ROOT

ORACLE = ROOT / "src/test/resources/oracle"
DIGITS = ROOT / "src/main/resources/org/phasezoo/data/digits.csv.gz"
RELATIVE = {"float32": 1e-5, "float64": 1e-12}  # as OracleTest has them


def test_committed_losses_are_those_of_a_live_run():
    committed = json.loads((ORACLE / "losses.json").read_text())
    live = json.loads(
        subprocess.run(
            [sys.executable, "-B", ORACLE / "losses.py", DIGITS], capture_output=True, text=True, check=True
        ).stdout
    )
    assert list(live) == list(committed)
    wrong = [
        f"{net}, {precision}, loss {k}: {here!r} live, {there!r} committed"
        for net in live.keys() - {"torch"}
        for precision, relative in RELATIVE.items()
        for k, (here, there) in enumerate(zip(live[net][precision], committed[net][precision], strict=True))
        if not abs(here - there) <= relative * abs(there)
    ]
    assert not wrong, "\n".join(wrong)
