"""Where the media files lie that exports name: exactly there, or nowhere. A picture tied to a wrong act would be an accusation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from screening.readers.core import archive
from screening.readers.core.media import Picture
from screening.readers.core.source import Source

_PART = re.compile(r"([-_ ]\(?\d{1,3}\)?)?\.zip$", re.I)


class Places:
    """The pictures in the inputs by the place they lie at."""

    def __init__(self, inputs: Iterable[Path | str]) -> None:
        self._at: dict[tuple[str, str], Source] = {}
        self._named: dict[tuple[str, str], list[str]] = {}
        self._parts: dict[str, list[str]] = {}
        for source in archive.pictures(inputs):
            self._at[source.container, source.path] = source
            self._named.setdefault((source.container, source.leaf.casefold()), []).append(source.path)
        for container in dict.fromkeys(container for container, _ in self._at):
            self._parts.setdefault(_download(container), []).append(container)

    def find(self, picture: Picture) -> Source | None:
        """The file an act shows; None where there is none at the place its export names, or where several could be meant."""
        for container, path in self._places(picture):
            if (found := self._at.get((container, path))) is not None:
                return found
        if not picture.below:
            return None
        leaf = picture.paths[0].replace("\\", "/").rsplit("/", 1)[-1]
        within = [
            path for path in self._named.get((picture.container, _plain(leaf).casefold()), ())
            if not picture.folder or path.startswith(picture.folder + "/")
        ]  # fmt: skip
        return self._at[picture.container, within[0]] if len(within) == 1 else None

    def _places(self, picture: Picture) -> Iterator[tuple[str, str]]:
        """Where it may lie, the likeliest first: beside the file that names it, above that, in other parts of the download."""
        folders = [picture.folder]
        while picture.above and folders[-1]:
            folders.append(folders[-1].rpartition("/")[0])
        others = [one for one in self._parts.get(_download(picture.container), ()) if one != picture.container]
        for container in (picture.container, *(others if picture.above else ())):
            for folder in folders:
                for path in picture.paths:
                    plain = _plain(path)
                    yield container, f"{folder}/{plain}" if folder else plain

    def close(self) -> None:
        """Close the archives that were opened."""
        archive.close_all()


def _plain(path: str) -> str:
    path = unicodedata.normalize("NFC", path.replace("\\", "/"))
    return re.sub(r"^(?:\./)+", "", path)


def _download(container: str) -> str:
    """What the parts of one download have in common; a folder is a download of its own."""
    return _PART.sub("", container) if container.lower().endswith(".zip") else container
