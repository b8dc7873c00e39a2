"""Stored populations of trained networks: open one, filter it, run its nets."""

from .population import Data, Population, Probe, open
from .store import BadSelection, ChangedFile, MissingFile, NewerFormat, NotStored, PhasezooError, Unfinished
from .table import Table
from .weights import Slot, Weights

__version__ = "0.1.0"
__all__ = ["BadSelection", "ChangedFile", "Data", "MissingFile", "NewerFormat", "NotStored", "PhasezooError"]
__all__ += ["Population", "Probe", "Slot", "Table", "Unfinished", "Weights", "open"]
