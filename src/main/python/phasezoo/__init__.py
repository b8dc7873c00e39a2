"""Stored populations of trained networks: open one, filter it, run its nets."""

from .errors import BadSelection, ChangedFile, MissingFile, NewerFormat, NotStored, PhasezooError, Unfinished
from .population import Data, Population, Probe
from .store import Slot, Weights

open = Population
__version__ = "0.1.0"
__all__ = ["BadSelection", "ChangedFile", "Data", "MissingFile", "NewerFormat", "NotStored", "PhasezooError"]
__all__ += ["Population", "Probe", "Slot", "Unfinished", "Weights", "open"]
