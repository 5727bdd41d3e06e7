"""What Instagram, Threads and Facebook downloads hold besides the subject's public-ish acts: told by name, never read."""

from __future__ import annotations

from screening.readers.core.reader import Claim, Reader
from screening.readers.core.source import Source
from screening.readers.meta.files import private
from screening.readers.meta.pages import is_meta_page


def _recognise(source: Source) -> Claim | None:
    return private(source) if source.suffix == ".json" or is_meta_page(source) else None


READER = Reader("meta-private", _recognise, title="bagian lain unduhan Meta")
