"""Which media files the rows of a frame show: what their reader says, else the picture files their words name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from screening.readers.core.media import FILE_NAME, Picture, Shown, is_video, shown
from screening.readers.facebook.lists import SECTIONS as FACEBOOK
from screening.readers.instagram.download import SECTIONS as INSTAGRAM
from screening.readers.meta.files import export_root

_CHAT = "whatsapp"
_META = (*INSTAGRAM, *FACEBOOK)


def pictures_of(frame: pd.DataFrame, owners: Sequence[Any]) -> Iterator[Picture]:
    """The pictures of each row; `owners`: the books (`Tally`) of the file each is from.

    A chat names files that lie beside it. A table names screenshots by hand: they may lie in a folder below it.
    """
    told = frame["media_files"].tolist() if "media_files" in frame else [()] * len(frame)
    words = frame["media_text"].fillna("").tolist()
    told = [files if not isinstance(files, float) else () for files in told]
    actors = frame["actor"].fillna("").tolist()
    for name, actor, files, text, tally in zip(frame["activity_id"].tolist(), actors, told, words, owners, strict=True):
        source = tally.source
        folder = source.path.rpartition("/")[0]
        table = not tally.reader.startswith(_CHAT) and source.suffix not in (".js", ".json", ".html", ".htm")
        given = _told(files, table)
        if not given and "." in text:
            given = [one for match in FILE_NAME.finditer(text) for one in shown(match[0].strip(), below=table)]
        for one in given:
            root = export_root(source.path, _META) if one.above else folder
            yield Picture(name, actor, source.container, folder, root, one)


def _told(files: Any, table: bool) -> list[Shown]:
    """The files a reader told, or the names in a table's own cell of files."""
    if isinstance(files, str):
        named = [part.strip() for part in files.replace("|", ";").split(";")]
        return [Shown((part,), below=table, video=is_video(part)) for part in named if part]
    return list(files) if isinstance(files, (list, tuple)) else []
