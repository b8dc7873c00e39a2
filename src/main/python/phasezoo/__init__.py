"""Stored populations of trained networks: open one, filter it, run its nets."""

from .errors import BadSelection, ChangedFile, MissingFile, NewerFormat, NotStored, PhasezooError, Unfinished
from .population import Data, Population
from .store import Weights
from .table import Table

open = Population
__version__ = "0.1.0"
__all__ = ["BadSelection", "ChangedFile", "Data", "MissingFile", "NewerFormat", "NotStored", "PhasezooError"]
__all__ += ["Population", "Table", "Unfinished", "Weights", "open"]
