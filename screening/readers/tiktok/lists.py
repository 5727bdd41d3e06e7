"""Where the subject's acts lie in a TikTok download: the path of each list, and which list it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screening.readers.core.jsonstream import utf8
from screening.readers.core.limits import limit
from screening.readers.core.source import Source

# Innermost key (lower case) -> list, where the key alone says it.
_BY_KEY = {
    "itemfavoritelist": "like",
    "commentslist": "comment",
    "sharehistorylist": "share",
    "watchlivemap": "live",
    "postlist": "post",
}
_POSTS = (
    "videos",
    "posts",
    "recently deleted posts",
    "recentlydeletedposts",
)  # sections of own videos; watch history has a list of the same name
_DEEPEST = 6


def which_list(path: tuple[str, ...]) -> str:
    """The list at a path (like, comment, share, live, post, follow), or the empty string for all others."""
    keys = [step.casefold() for step in path]
    above = keys[-2] if len(keys) > 1 else ""
    if keys[-1] in _BY_KEY:
        return _BY_KEY[keys[-1]]
    if keys[-1] == "videolist" and above in _POSTS:
        return "post"
    return "follow" if keys[-1] == "following" and above in ("following", "following list") else ""


def paths(source: Source, whole: Any) -> Iterator[tuple[str, ...]]:
    """The paths of all lists of acts, in the file's order; `whole` is the parsed file when it is small."""
    if whole is not None:
        yield from (path for path in _walk(whole, ()) if which_list(path))
        return
    found = dict.fromkeys(_streamed(source))
    yield from (path for path in found if which_list(path))


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, inner in value.items() if isinstance(value, dict) and len(path) < _DEEPEST else ():
        here = (*path, key)
        if _is_list(inner) or which_list(here) == "live":
            yield here
        else:
            yield from _walk(inner, here)


def _is_list(value: Any) -> bool:
    """A list, or one record that stands for a list of one."""
    nested = isinstance(value, dict) and any(isinstance(part, (list, dict)) for part in value.values())
    return isinstance(value, list) or (isinstance(value, dict) and bool(value) and not nested)


def _streamed(source: Source) -> Iterator[tuple[str, ...]]:
    """The paths of lists and maps in a large file, without keeping it."""
    import ijson

    steps: list[str] = []
    depth = 0
    with source.open() as stream:
        try:
            for event, value in ijson.basic_parse(utf8(source, stream), use_float=True):
                if event == "map_key" and depth <= _DEEPEST:
                    steps[depth - 1 :] = [value]
                elif event in ("start_map", "start_array"):
                    if 0 < depth <= _DEEPEST and (
                        event == "start_array" or which_list(tuple(steps) or ("",)) == "live"
                    ):
                        yield tuple(steps)
                    depth += 1
                elif event in ("end_map", "end_array"):
                    depth -= 1
                    del steps[max(depth, 0) :]
        except (ijson.JSONError, ValueError):
            return


def lives(source: Source, path: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The LIVEs of a large file one by one, each as a map of one entry."""
    import ijson

    pointer = "".join(f"/{step}" for step in path)
    with source.open() as stream:
        try:
            for number, live in ijson.kvitems(utf8(source, stream), ".".join(path), use_float=True):
                yield pointer, {number: live}
        except (ijson.JSONError, ValueError):
            return


def streamed_name(source: Source) -> str | None:
    """The owner's name in a file too large to hold at once."""
    import ijson

    if source.size <= limit("text", "whole_json_bytes"):
        return None
    with source.open() as stream:
        try:
            for prefix, event, value in ijson.parse(utf8(source, stream), use_float=True):
                if event == "string" and prefix.casefold().endswith(".profilemap.username"):
                    return str(value)
        except (ijson.JSONError, ValueError):
            pass
    return None
