"""A folder whose files are compared with its manifest before they are parsed, and what can be wrong, in one line."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa

FORMAT_VERSION = 1
_RESTORE = "restore it, or delete the folder and run its suite again"


class PhasezooError(Exception):
    """The root of this package's errors; its text is one line, `where: what; mend`."""

    def __init__(self, where: object, what: str, mend: str) -> None:
        super().__init__(f"{where}: {what}; {mend}")


class MissingFile(PhasezooError):
    """A file or folder that should be there is not."""


class ChangedFile(PhasezooError):
    """A file is not the one that was written: its size, digest or form differs."""


class Unfinished(PhasezooError):
    """A folder that has no manifest yet, because its run has not ended."""


class NewerFormat(PhasezooError):
    """A folder written in a version of the format that this package does not know."""


class NotStored(PhasezooError):
    """The population is sound but does not hold what was asked for."""


class BadSelection(PhasezooError):
    """A `where` or `split` that cannot be understood."""


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    return hashlib.sha256(pa.memory_map(str(path)).read_buffer()).hexdigest()


class Store:
    """The files of a folder, `files` by the names in its `manifest.json`.

    Each is checked once, when it is first asked for: its size always, its SHA-256 unless `check` is false.
    """

    def __init__(self, folder: Path, what: str, check: bool) -> None:
        """Read the manifest of a `what`; raises `MissingFile`, `Unfinished`, `NewerFormat`, `ChangedFile`."""
        manifest = folder / "manifest.json"
        if not folder.is_dir():
            raise MissingFile(folder, "no such folder", "make it with ./phasezoo run SUITE")
        if not manifest.is_file():
            if inside := sorted(p.parent.name for p in folder.glob("*/manifest.json") if p.parent.name != "measures"):
                raise MissingFile(folder, "a folder of populations", f"open one of {inside[:8]}")
            raise Unfinished(manifest, "missing, so this is unfinished", "run its suite again")
        try:
            self.head: dict[str, Any] = json.loads(manifest.read_bytes())
            kind, version = re.fullmatch(r"phasezoo\.([a-z]+)\.v(\d+)", self.head["schema"]).groups()  # type: ignore[union-attr]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ChangedFile(manifest, "not a manifest", _RESTORE) from None
        if kind != what:
            raise PhasezooError(manifest, f'not of "phasezoo.{what}"', "open another folder")
        if int(version) > FORMAT_VERSION:
            raise NewerFormat(manifest, f"format {version}, known is {FORMAT_VERSION}", "install a newer phasezoo")
        if self.head.get("complete") is not True:
            raise Unfinished(manifest, "does not say complete: true", "run its suite again")
        self.folder, self._check, self._good = folder, check, set[str]()
        self.files: dict[str, dict[str, Any]] = {str(f["path"]): f for f in self.head["files"]}
        if not all(re.fullmatch(r"[\w-][\w.-]*", name) for name in self.files):
            raise ChangedFile(manifest, "it names a file outside its folder", _RESTORE)

    def path(self, name: str) -> Path:
        """Return a checked file; raises `MissingFile` or `ChangedFile`."""
        path, entry = self.folder / name, self.files.get(name)
        if entry is None or not path.is_file():
            said = "not in the manifest" if entry is None else "missing, though the manifest has it"
            raise MissingFile(path, said, "run its suite again")
        if name not in self._good:
            if path.stat().st_size != entry["bytes"]:
                said = f"{path.stat().st_size} bytes, where the manifest says {entry['bytes']}"
                raise ChangedFile(path, said, _RESTORE)
            if self._check and sha256(path) != entry["sha256"]:
                raise ChangedFile(path, "its SHA-256 is not the manifest's", _RESTORE)
            self._good.add(name)
        return path

    def table(self, name: str) -> pa.Table:
        """Return a checked Arrow file as a table over a memory map: nothing is copied."""
        try:
            return pa.ipc.open_file(pa.memory_map(str(path := self.path(name)))).read_all()
        except pa.ArrowException:
            raise ChangedFile(path, "Arrow cannot read it", _RESTORE) from None

    def verify(self) -> int:
        """Check every file anew, by size and SHA-256, and return how many there are; from now on all are checked."""
        self._check, self._good = True, set()
        return len([self.path(name) for name in self.files])
