"""Where the subject's acts lie in a TikTok download: the path of each list, and which list it is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from screening.limits import limit
from screening.readers.core.jsonstream import utf8
from screening.readers.core.reader import Note, Unread
from screening.readers.core.source import Source

# Innermost key (lower case) -> list, where the key alone says it.
_BY_KEY = {
    "itemfavoritelist": "like",
    "commentslist": "comment",
    "sharehistorylist": "share",
    "repostlist": "share",
    "watchlivemap": "live",
    "golivelist": "own_live",
    "postlist": "post",
    "storylist": "post",
}
_POSTS = (
    "videos",
    "posts",
    "recently deleted posts",
    "recentlydeletedposts",
    "story",
    "stories",
)  # sections of own videos; watch history has a list of the same name
_DEEPEST = 6
_SAVED = "simpanan"
_NO_LIST = "-"  # a map of settings or identity, of which nothing needs to be told


def which_list(path: tuple[str, ...]) -> str:
    """The list at a path (like, comment, share, live, post, follow), or the empty string for all others."""
    keys = [step.casefold() for step in path]
    above = keys[-2] if len(keys) > 1 else ""
    if keys[-1] in _BY_KEY:
        return _BY_KEY[keys[-1]]
    if keys[-1] == "videolist" and above in _POSTS:
        return "post"
    return "follow" if keys[-1] == "following" and above in ("following", "following list") else ""


def paths(source: Source, whole: Any) -> dict[tuple[str, ...], int]:
    """The paths of all lists, in the file's order, with the number of their records; `whole` is the parsed file when it
    is small. LIVEs watched and chats are maps; they count as lists."""
    return dict(_walk(whole, ()) if whole is not None else _streamed(source))


def left_alone(found: Mapping[tuple[str, ...], int]) -> Iterator[Note | Unread]:
    """What is told of the lists that are not read: private ones with the reason; saved and unknown ones as unread."""
    by_reason: dict[str, dict[str, int]] = {}
    for path, number in found.items():
        if number and not which_list(path):
            name = _known_step(path)
            numbers = by_reason.setdefault(_private().get(name.casefold(), ""), {})
            numbers[name] = numbers.get(name, 0) + number
    by_reason.pop(_NO_LIST, None)
    for reason, numbers in by_reason.items():
        if reason in ("", _SAVED):
            yield from (Unread(name, number) for name, number in numbers.items())
        else:
            lists = ", ".join(f"{name} ({number})" for name, number in numbers.items())
            yield Note(f"{reason}: {lists}", explains=True)


def _known_step(path: tuple[str, ...]) -> str:
    """The step of a path that is known to be left alone, else the list's own name."""
    return next((step for step in path if step.casefold() in _private()), path[-1])


@cache
def _private() -> dict[str, str]:
    raw = tomllib.loads(Path(__file__).with_name("tiktok.toml").read_text(encoding="utf-8"))
    reasons = {name.casefold(): reason for reason, names in raw["left_alone"].items() for name in names}
    return reasons | {name.casefold(): _NO_LIST for name in raw["maps"]["names"]}


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    for key, inner in value.items() if isinstance(value, dict) and len(path) < _DEEPEST else ():
        here = (*path, key)
        if _is_list(inner) or _is_map(here):
            whole = isinstance(inner, list) or (isinstance(inner, dict) and _is_map(here))
            yield here, len(inner) if whole else int(bool(inner))
        else:
            yield from _walk(inner, here)


def _is_map(path: tuple[str, ...]) -> bool:
    """Whether a map at the path counts as one list: LIVEs by their number, and what is left alone as a whole."""
    return which_list(path) == "live" or path[-1].casefold() in _private()


def _is_list(value: Any) -> bool:
    """A list, or one record that stands for a list of one (it holds neither lists nor the keys of empty ones)."""
    nested = isinstance(value, dict) and any(
        isinstance(part, (list, dict)) or key.casefold().endswith(("list", "map")) for key, part in value.items()
    )
    return isinstance(value, list) or (isinstance(value, dict) and bool(value) and not nested)


def _streamed(source: Source) -> Iterator[tuple[tuple[str, ...], int]]:
    """The paths of lists and maps in a large file with their numbers, without keeping it."""
    import ijson

    steps: list[str] = []
    here: tuple[str, ...] = ()  # the list or map being counted, the depth inside of it, and its records so far
    depth = within = number = 0
    records = False  # it is a list: its records are maps; those of a map are keys
    with source.open() as stream:
        try:
            for event, value in ijson.basic_parse(utf8(source, stream), use_float=True):
                if event == "map_key":
                    number += bool(here) and depth == within and not records
                    if not here and depth <= _DEEPEST:
                        steps[depth - 1 :] = [value]
                elif event in ("start_map", "start_array"):
                    if here and depth == within and event == "start_map" and records:
                        number += 1
                    if (
                        not here
                        and 0 < depth <= _DEEPEST
                        and steps
                        and (event == "start_array" or _is_map(tuple(steps)))
                    ):
                        here, number, within, records = tuple(steps), 0, depth + 1, event == "start_array"
                    depth += 1
                elif event in ("end_map", "end_array"):
                    depth -= 1
                    if here and depth < within:
                        yield here, number
                        here = ()
                    if not here:
                        del steps[max(depth, 0) :]
        except (ijson.JSONError, ValueError):
            if here:
                yield here, number
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
