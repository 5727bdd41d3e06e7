"""What the hits of the other detectors say of the documents: all that the classifier knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd

from screening.tables import HIT_FIELDS
from screening.text import Documents
from screening.text.hashed import Ints


@dataclass(frozen=True)
class Told:
    """What the hits of other detectors say of texts: characters of a `doc` (-1: another field) and their signal; of every
    hit the `activity` (as in the documents; -1: another) and the number of its field in HIT_FIELDS."""

    activity: Ints
    number: Ints
    doc: Ints
    start: Ints
    end: Ints
    signal: npt.NDArray[np.object_]

    def of(self, signals: Iterable[str]) -> Told:
        """The hits with one of these signals."""
        wanted = frozenset(signals)
        kept = np.array([signal in wanted for signal in self.signal.tolist()], bool)
        return Told(*(getattr(self, one.name)[kept] for one in fields(self)))


def told(documents: Documents, hits: pd.DataFrame) -> Told:
    """What HITS say of the documents."""
    return Told(
        activity=documents.activities_of(hits["activity_id"]),
        number=pd.Index(HIT_FIELDS).get_indexer(pd.Index(hits["field"].to_numpy(object))),
        doc=documents.find(hits["activity_id"], hits["field"]),
        start=hits["start"].to_numpy(),
        end=hits["end"].to_numpy(),
        signal=hits["signal"].to_numpy(object),
    )
