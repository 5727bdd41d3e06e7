"""Which media files the rows of a frame show: what their reader says, else the picture files their words name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from screening.readers.core.media import FILE_NAME, Picture, Shown

_CHAT = "whatsapp"


def pictures_of(frame: pd.DataFrame, owners: Sequence[Any]) -> Iterator[Picture]:
    """The pictures of each row; `owners`: the books (`Tally`) of the file each is from.

    A chat names files that lie beside it. A table names screenshots by hand: they may lie in a folder below it.
    """
    told = frame["media_files"].tolist() if "media_files" in frame else [()] * len(frame)
    words = frame["media_text"].fillna("").tolist()
    told = [files if not isinstance(files, float) else () for files in told]
    for name, files, text, tally in zip(frame["activity_id"].tolist(), told, words, owners, strict=True):
        source = tally.source
        folder, table = source.path.rpartition("/")[0], not tally.reader.startswith(_CHAT)
        given = [one if isinstance(one, Shown) else Shown((one,)) for one in _named(files)]
        if not given and "." in text:
            given = [Shown((match[0].strip(),)) for match in FILE_NAME.finditer(text)]
        for one in given:
            below = table and len(one.paths) == 1 and not one.above and source.suffix not in (".js", ".json", ".html")
            yield Picture(name, source.container, folder, one.paths, one.taken, one.above, below)


def _named(files: Any) -> list[Any]:
    """The files a reader told, or the names in a table's own cell of files."""
    if isinstance(files, str):
        return [part.strip() for part in files.replace("|", ";").split(";") if part.strip()]
    return list(files) if isinstance(files, (list, tuple)) else []
