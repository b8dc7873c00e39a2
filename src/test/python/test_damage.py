"""Each way of being wrong has an error of its own, in one line that names the file."""

import json
import shutil

import pytest

import phasezoo as pz

import synthetic
from conftest import home

SMALL = "zoo/phase-digits-v1/quick/fixed-updates"


@pytest.fixture
def copy(tmp_path):
    """Return a copy of a population, at its place under a home of its own."""
    return shutil.copytree(home() / SMALL, tmp_path / SMALL)


def told(error):
    text = str(error.value)
    assert "\n" not in text and text.count("; ") >= 1 and len(text) < 400
    return text


FILES = sorted(p.relative_to(home() / SMALL) for p in (home() / SMALL).rglob("*.*") if p.name != "manifest.json")


@pytest.mark.parametrize("name", FILES, ids=str)
def test_a_changed_byte_in_any_file_is_seen(copy, name):
    content = bytearray((copy / name).read_bytes())
    content[len(content) // 2] ^= 4
    (copy / name).write_bytes(content)
    with pytest.raises(pz.ChangedFile) as error:
        pz.open(copy).verify()
    assert name.name in told(error)


@pytest.mark.parametrize("name", FILES, ids=str)
def test_a_missing_file_is_seen(copy, name):
    (copy / name).unlink()
    with pytest.raises(pz.MissingFile) as error:
        pz.open(copy).verify()
    assert name.name in told(error)


def test_a_changed_file_is_seen_before_it_is_used(copy):
    file = copy / "members.arrow"
    content = bytearray(file.read_bytes())
    content[-300] ^= 4
    file.write_bytes(content)
    with pytest.raises(pz.ChangedFile) as error:
        _ = pz.open(copy).members
    assert "members.arrow" in told(error)


def test_a_shorter_file_is_seen_even_without_checking(copy):
    file = next(copy.glob("weights-*"))
    file.write_bytes(file.read_bytes()[:-8])
    with pytest.raises(pz.ChangedFile, match="where the manifest says"):
        pz.open(copy, check=False).weights()


def test_an_unfinished_population_is_told_apart(copy):
    (copy / "manifest.json").unlink()
    with pytest.raises(pz.Unfinished, match="run its suite again") as error:
        pz.open(copy)
    told(error)


def test_unfinished_measures_leave_the_population_open(copy):
    (copy / "measures/manifest.json").unlink()
    assert len(pz.open(copy).members) == 27
    with pytest.raises(pz.Unfinished):
        pz.open(copy).metrics()


@pytest.mark.parametrize("part", [".", "measures"])
def test_a_newer_format_is_told_apart(copy, part):
    file = copy / part / "manifest.json"
    manifest = json.loads(file.read_text())
    manifest["schema"] = manifest["schema"].replace(".v1", ".v2")
    file.write_text(json.dumps(manifest))
    with pytest.raises(pz.NewerFormat, match="install a newer phasezoo") as error:
        pz.open(copy).metrics()
    told(error)


def test_measures_of_another_population_are_refused(copy):
    file = copy / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"stream": "other"}))
    with pytest.raises(pz.ChangedFile, match="measured on another population"):
        pz.open(copy).metrics()


def test_a_row_that_is_not_its_digests_is_seen_though_the_files_are_the_manifests(copy):
    file = next(copy.glob("weights-*"))
    table = pz.open(copy).table(file.name)
    place = table.column_names.index("digest")
    digests = ["0" * 64, *table["digest"].to_pylist()[1:]]
    changed = table.set_column(place, table.schema.field(place), [digests])
    synthetic.write(copy / "changed", changed)
    (copy / "changed").replace(file)  # the old file is still mapped
    shutil.rmtree(copy / "measures")
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["files"] = [synthetic.describe(copy / f["path"]) for f in manifest["files"]]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(pz.ChangedFile, match="a row differs from its digest") as error:
        pz.open(copy).verify()
    assert file.name in told(error)


def test_bytes_that_are_no_arrow_are_seen(copy):
    file = copy / "series.arrow"
    file.write_bytes(b"no arrow")
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["files"] = [synthetic.describe(copy / f["path"]) for f in manifest["files"]]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(pz.ChangedFile, match="Arrow cannot read it"):
        _ = pz.open(copy).series


def test_absent_things_are_told_in_one_line(copy, tmp_path, digits):
    for ask, expected in [
        (lambda: pz.open(tmp_path / "none"), pz.MissingFile),
        (lambda: pz.open(copy.parent), pz.MissingFile),
        (lambda: pz.open(copy / "measures"), pz.PhasezooError),
        (lambda: pz.open(copy).phases(), pz.MissingFile),
        (lambda: digits.phases("other"), pz.MissingFile),
        (lambda: digits.module("other"), pz.NotStored),
        (lambda: digits.probe("other"), pz.NotStored),
        (lambda: digits.data("other"), pz.NotStored),
        (lambda: digits.dataset("other.v1"), pz.NotStored),
        (lambda: digits.dataset(split="other"), pz.BadSelection),
    ]:
        with pytest.raises(expected) as error:
            ask()
        told(error)


def test_a_manifest_that_names_a_file_elsewhere_is_refused(copy):
    file = copy / "manifest.json"
    file.write_text(file.read_text().replace('"series.arrow"', '"../series.arrow"'))
    with pytest.raises(pz.ChangedFile, match="outside its folder"):
        pz.open(copy)
