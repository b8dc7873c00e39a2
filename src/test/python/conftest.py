"""Where the populations are that the tests open: under `PHASEZOO_HOME`, made by `./phasezoo run`."""

import importlib
import os
from pathlib import Path

import pytest

import phasezoo as pz

ROOT = Path(__file__).parents[3]


def home() -> Path:
    """Return the home in which `phase-digits-v1` ran, absolute."""
    folder = Path(os.environ.get("PHASEZOO_HOME", ROOT)).resolve()
    if not (folder / "zoo/phase-digits-v1/quick/digits/manifest.json").is_file():
        pytest.exit(f"{folder}: no phase-digits-v1; ./phasezoo run phase-digits-v1 --home {folder}", 4)
    return folder


def populations() -> list[Path]:
    """Return every finished population at home."""
    return sorted(path.parent for path in home().glob("zoo/*/*/*/manifest.json"))


def need(module: str):
    """Import a module, or skip the test without it; with `PHASEZOO_TESTS=all` its absence fails."""
    if os.environ.get("PHASEZOO_TESTS") == "all":
        return importlib.import_module(module)
    return pytest.importorskip(module)


@pytest.fixture(scope="session")
def digits() -> pz.Population:
    """Return the nets of `phase-digits-v1`: width × batch size × seed, three checkpoints."""
    return pz.open(home() / "zoo/phase-digits-v1/quick/digits")
