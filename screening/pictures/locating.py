"""Where the media files lie that exports name: exactly there, or nowhere. A picture tied to a wrong act would be an accusation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from screening.readers.core import archive
from screening.readers.core.media import Picture
from screening.readers.core.source import Source

_PART = re.compile(r"([-_ ]\(?\d{1,3}\)?)?\.zip$", re.I)


class Places:
    """The pictures in the inputs by the place they lie at."""

    def __init__(self, inputs: Iterable[Path | str]) -> None:
        self._at: dict[tuple[str, str], Source] = {}
        self._named: dict[tuple[str, str], list[str]] = {}  # by the last part of the name
        self._alike: dict[tuple[str, str], list[str]] = {}  # by the whole place without capitals
        self._parts: dict[str, list[str]] = {}
        self._whose: dict[str, set[str]] = {}  # whose acts name files from within a container
        for source in archive.pictures(inputs):
            self._at[source.container, source.path] = source
            self._named.setdefault((source.container, source.leaf.casefold()), []).append(source.path)
            self._alike.setdefault((source.container, source.path.casefold()), []).append(source.path)
        for container in dict.fromkeys(container for container, _ in self._at):
            self._parts.setdefault(_download(container), []).append(container)

    def know(self, pictures: Iterable[Picture]) -> None:
        """Whose acts name files from where: a part of somebody else's download lends no picture."""
        for picture in pictures:
            self._whose.setdefault(picture.container, set()).add(picture.actor)

    def find(self, picture: Picture) -> Source | None:
        """The file an act shows; None where there is none at the place its export names, or where several could be meant.

        Exactly the name first, then the name as an address writes it (`%20`), then without regard to capitals.
        """
        places = list(self._places(picture))
        for spelled in (lambda path: path, unquote):
            for container, path in places:
                if (found := self._at.get((container, spelled(path)))) is not None:
                    return found
        for container, path in places:
            if alike := self._alike.get((container, unquote(path).casefold())):
                return self._at[container, alike[0]] if len(alike) == 1 else None
        return self._below(picture) if picture.file.below else None

    def _below(self, picture: Picture) -> Source | None:
        """The only file of that name in the folders below the naming file."""
        for path in picture.file.paths:
            leaf = unquote(_plain(path)).rsplit("/", 1)[-1]
            within = [
                one for one in self._named.get((picture.container, leaf.casefold()), ())
                if not picture.folder or one.startswith(picture.folder + "/")
            ]  # fmt: skip
            exact = [one for one in within if one.rsplit("/", 1)[-1] == leaf]
            if len(exact or within) == 1:
                return self._at[picture.container, (exact or within)[0]]
        return None

    def _places(self, picture: Picture) -> Iterator[tuple[str, str]]:
        """Where it may lie, the likeliest first: beside the file that names it, above that up to where the download
        begins, in other parts of the download."""
        folders, above = [picture.folder], picture.file.above
        while above and folders[-1] not in ("", picture.root):
            folders.append(folders[-1].rpartition("/")[0])
        for container in (picture.container, *(self._others(picture) if above else ())):
            for folder in folders:
                for path in picture.file.paths:
                    plain = _plain(path)
                    yield container, f"{folder}/{plain}" if folder else plain

    def _others(self, picture: Picture) -> Iterator[str]:
        """The other parts of the same download: ZIPs whose names differ in a number, unless they speak of somebody else."""
        for one in self._parts.get(_download(picture.container), ()):
            if one != picture.container and self._whose.get(one, {picture.actor}) == {picture.actor}:
                yield one

    def close(self) -> None:
        """Close the archives that were opened."""
        archive.close_all()


def _plain(path: str) -> str:
    path = unicodedata.normalize("NFC", path.replace("\\", "/"))
    return re.sub(r"^(?:\./)+", "", path)


def _download(container: str) -> str:
    """What the parts of one download have in common; a folder is a download of its own."""
    return _PART.sub("", container) if container.lower().endswith(".zip") else container
