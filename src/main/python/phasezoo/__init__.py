"""Stored populations of trained networks: open one, filter it, run its nets."""

from .errors import BadSelection, ChangedFile, MissingFile, NewerFormat, NotStored, PhasezooError, Unfinished
from .population import Population, Probe, open
from .table import Table
from .training_data import Data
from .weights import Slot, Weights

__version__ = "0.1.0"
__all__ = ["BadSelection", "ChangedFile", "Data", "MissingFile", "NewerFormat", "NotStored", "PhasezooError"]
__all__ += ["Population", "Probe", "Slot", "Table", "Unfinished", "Weights", "open"]
