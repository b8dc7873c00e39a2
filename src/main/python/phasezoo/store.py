"""A folder with a manifest: every file is compared with it before it is parsed."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa

from .errors import ChangedFile, MissingFile, NewerFormat, PhasezooError, Unfinished

FORMAT_VERSION = 1
_RESTORE = "restore it, or delete the folder and run its suite again"


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    return hashlib.sha256(pa.memory_map(str(path)).read_buffer()).hexdigest()


class Store:
    """The files of a folder, by the names in its `manifest.json`.

    Each is checked once, when it is first asked for: its size always, its SHA-256 unless `check` is false.
    """

    def __init__(self, folder: Path, what: str, check: bool) -> None:
        """Read the manifest of a `what` (`population`, `measures`).

        Raises `MissingFile`, `Unfinished`, `NewerFormat`, `ChangedFile`.
        """
        if not folder.is_dir():
            raise MissingFile(folder, "no such folder", "make it with ./phasezoo run SUITE")
        manifest = folder / "manifest.json"
        if not manifest.is_file():
            inside = sorted(p.parent.name for p in folder.glob("*/manifest.json") if p.parent.name != "measures")
            if inside:
                raise MissingFile(folder, "a folder of populations", f"open one of {inside[:8]}")
            raise Unfinished(manifest, "missing, so this is unfinished", "run its suite again")
        try:
            self.head: dict[str, Any] = json.loads(manifest.read_bytes())
            schema = re.fullmatch(r"phasezoo\.([a-z]+)\.v(\d+)", self.head["schema"])
        except (ValueError, KeyError, TypeError):
            raise ChangedFile(manifest, "not a manifest", _RESTORE) from None
        if schema is None or schema[1] != what:
            raise PhasezooError(manifest, f'not of "phasezoo.{what}"', "open another folder")
        if int(schema[2]) > FORMAT_VERSION:
            raise NewerFormat(manifest, f"format {schema[2]}, known is {FORMAT_VERSION}", "install a newer phasezoo")
        if self.head.get("complete") is not True:
            raise Unfinished(manifest, "does not say complete: true", "run its suite again")
        self.folder, self._check = folder, check
        self._entries = {str(f["path"]): f for f in self.head["files"]}
        if not all(re.fullmatch(r"[\w-][\w.-]*", name) for name in self._entries):
            raise ChangedFile(manifest, "it names a file outside its folder", _RESTORE)
        self._good: set[str] = set()

    def names(self) -> list[str]:
        """Return the files' names, in the manifest's order."""
        return list(self._entries)

    def path(self, name: str) -> Path:
        """Return a checked file; raises `MissingFile` or `ChangedFile`."""
        path = self.folder / name
        entry = self._entries.get(name)
        if entry is None or not path.is_file():
            said = "not in the manifest" if entry is None else "missing, though the manifest has it"
            raise MissingFile(path, said, "run its suite again")
        if name in self._good:
            return path
        if path.stat().st_size != entry["bytes"]:
            said = f"{path.stat().st_size} bytes, where the manifest says {entry['bytes']}"
            raise ChangedFile(path, said, _RESTORE)
        if self._check and sha256(path) != entry["sha256"]:
            raise ChangedFile(path, "its SHA-256 is not the manifest's", _RESTORE)
        self._good.add(name)
        return path

    def table(self, name: str) -> pa.Table:
        """Return a checked Arrow file as a table over a memory map: nothing is copied."""
        path = self.path(name)
        try:
            return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
        except pa.ArrowException:
            raise ChangedFile(path, "Arrow cannot read it", _RESTORE) from None

    def verify(self) -> int:
        """Check every file anew, by size and SHA-256, and return how many there are; from now on all are checked."""
        self._check, self._good = True, set()
        return len([self.path(name) for name in self._entries])
