"""What can be wrong, in one line."""


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
