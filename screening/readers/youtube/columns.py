"""Which column of a Takeout table holds what: decided by the values, whatever the language and order of the header."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from screening.readers.core.source import Source

_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:?\d{2}|Z| UTC)?$")
_CHANNEL = re.compile(r"^UC[\w-]*$")
_COMMENT = re.compile(r"^Ug(?!kx)[\w.-]*$")
_POST = re.compile(r"^Ugkx[\w-]+$")
_VIDEO = re.compile(r"^[\w-]{11}$")
_SHORT = re.compile(r"^(?!\d+$)[\w-]{2,20}$")
_ADDRESS = re.compile(r"^https?://(www\.)?youtube\.com/(channel/|@|user/|c/)", re.I)
_LENGTH = re.compile(r"^\d{3,9}$")  # milliseconds
_FEW_ROWS = 4
_WIDE = 7  # columns a table of own videos has at least
_JSON = re.compile(r'^\s*\{\s*"(takeoutSegments|text|mention|link|emoji|videoLink)')


@dataclass(frozen=True)
class Columns:
    """`kind`: comments, posts, videos, subscriptions, playlist, channel. Places of columns (0-based) or None; `header` = rows
    before the data; `more`: the column of a video's description."""

    kind: str
    header: int = 1
    comment: int | None = None
    channel: int | None = None
    time: int | None = None
    video: int | None = None
    post: int | None = None
    text: int | None = None
    address: int | None = None
    more: int | None = None
    privacy: int | None = None


@cache
def words(section: str) -> list[str]:
    """A list of words or patterns of `takeout.toml`."""
    raw = tomllib.loads(Path(__file__).with_name("takeout.toml").read_text(encoding="utf-8"))
    return raw[section]["values"]


def columns_of(table: list[list[str]]) -> Columns | None:
    """The columns of the sample of a table, or None when it is none of Takeout's YouTube tables."""
    filled = [(place, row) for place, row in enumerate(table) if any(cell.strip() for cell in row)]
    if not filled:
        return None
    header = [" ".join(cell.split()).casefold() for cell in filled[0][1]]
    start = filled[0][0] + 1
    body = [row for _, row in filled[1:]]
    legacy = _legacy(filled)
    if legacy is not None:
        return legacy
    if not body:
        kind = next(
            (name for name in ("comments", "subscriptions", "playlist") if set(header) >= set(words(f"{name}_header"))),
            None,
        )
        return Columns(kind, start) if kind else None
    times, channels = _where(body, _TIME), _where(body, _CHANNEL)
    texts, addresses = _where(body, _JSON), _where(body, _ADDRESS)
    if addresses and channels and not times and len(header) <= 5:
        rest = [place for place in range(len(header)) if place not in (*addresses, *channels)]
        return Columns("subscriptions", start, channel=channels[0], address=addresses[0], text=next(iter(rest), None))
    videos, posts, comments = (_where(body, shape) for shape in (_VIDEO, _POST, _COMMENT))
    if own := _own_posts(header, body, posts, comments):
        return replace(own, header=start, time=next(iter(times), None), channel=next(iter(channels), None))
    if own := _own_videos(header, body, [*times, *channels], videos if times and channels else []):
        return replace(own, header=start, channel=channels[0])
    if times and channels and (texts or comments or _named(header, "text") is not None):
        return replace(
            _comments(header, body, [*times, *channels], texts), header=start, time=times[0], channel=channels[0]
        )
    if len(header) == 2 and videos and times:
        return Columns("playlist", start, video=videos[0], time=times[0])
    if channels == [0] and len(body) <= 3 and len(header) >= 3 and not texts and not addresses and not times:
        return Columns("channel", start, channel=0)
    return None


def _own_posts(header: list[str], body: list[list[str]], posts: list[int], comments: list[int]) -> Columns | None:
    """A channel's own community posts: every row begins with the id of a post and none with that of a comment."""
    full = posts[:1] == [0] and all(row and row[0].strip() for row in body)
    if not full or comments:
        return None
    texts = _where(body, _JSON)
    named = _named(header, "text")
    text = texts[0] if texts else (named if named is not None else _wordiest(body, {0}))
    return Columns("posts", post=0, text=text) if text is not None else None


def _own_videos(header: list[str], body: list[list[str]], taken: list[int], videos: list[int]) -> Columns | None:
    """A channel's own videos (`videos.csv`): a wide table that begins with the video's id and holds a length in
    milliseconds. Title and description are named in many languages; else they are the columns with most words."""
    lengths = [place for place in _where(body, _LENGTH) if place not in taken]
    if videos[:1] != [0] or not lengths or len(header) < _WIDE or _where(body, _JSON):
        return None
    free = {0, *taken, *lengths}
    title, more = _named(header, "title"), _named(header, "description")
    title = title if title is not None else _wordiest(body, {*free, *({more} - {None})})
    more = more if more is not None else _wordiest(body, {*free, *({title} - {None})})
    published = _named(header, "publish")
    times = [place for place in taken if place in _where(body, _TIME)]
    return Columns(
        "videos", video=0, text=title, more=more, privacy=_named(header, "privacy"),
        time=published if published in times else next(iter(times), None),
    )  # fmt: skip


def _wordiest(body: list[list[str]], taken: set[int | None]) -> int | None:
    """The column with most words, of those not taken; one that repeats few values (a category) is none."""
    cells = {place: [row[place].strip() for row in body if len(row) > place] for place in range(max(map(len, body)))}
    sizes = {
        place: sum(len(cell.split()) for cell in column)
        for place, column in cells.items()
        if place not in taken and (len(column) < _FEW_ROWS or len(set(column)) * 2 > len(column))
    }
    best = max(sizes, key=lambda place: sizes[place], default=None)
    return best if best is not None and sizes[best] else None


def _comments(header: list[str], body: list[list[str]], taken: list[int], texts: list[int]) -> Columns:
    """The columns of comments and live chats but for time and channel, which are already `taken`."""
    comments, posts = _where(body, _COMMENT), _where(body, _POST)
    full = [place for place in comments if all(len(row) > place and row[place].strip() for row in body)]
    named = _named(header, "text")
    text = texts[0] if texts else (named if named is not None else _wordiest(body, {*taken, *comments, *posts}))
    used = {*taken, *texts, *comments, *posts, text}
    free = [place for place in range(len(header)) if place not in used]
    videos = [place for shape in (_VIDEO, _SHORT) for place in _where(body, shape) if place in free]
    number = next(iter(full or comments), None)
    if number is None and free and free[0] == 0:  # live chats: their ids have another shape
        number, videos = 0, [place for place in videos if place != 0]
    hinted = [place for place in videos if "video" in header[place]]
    video, post = next(iter(hinted or videos), None), next(iter(posts), None)
    return Columns("comments", comment=number, video=video, post=post, text=text)


def _legacy(filled: list[tuple[int, list[str]]]) -> Columns | None:
    """A playlist with a block about itself before the videos (to about 2023)."""
    rows = [(place, [cell.strip() for cell in row]) for place, row in filled]
    starts = [place for place, row in rows[2:12] if len(row) > 1 and _VIDEO.match(row[0]) and _TIME.match(row[1])]
    wide = len(rows) > 1 and len(rows[0][1]) > 4 and any(map(_CHANNEL.match, rows[1][1]))
    return Columns("playlist", starts[0], video=0, time=1) if starts and wide else None


def _where(body: list[list[str]], shape: re.Pattern[str]) -> list[int]:
    """The columns whose filled cells nearly all have the shape."""
    width = max(len(row) for row in body)
    return [
        place
        for place in range(width)
        if _mostly([row[place].strip() for row in body if len(row) > place], shape.match)
    ]


def _mostly(cells: list[str], fits: Callable[[str], object]) -> bool:
    full = [cell for cell in cells if cell]
    return bool(full) and sum(map(bool, map(fits, full))) * 10 >= len(full) * 8


def _named(header: list[str], which: str) -> int | None:
    """The column whose header holds a word of that meaning; that of its language is another column."""
    return next(
        (
            place
            for place, cell in enumerate(header)
            if any(word in cell for word in words(f"{which}_words"))
            and not any(word in cell for word in words("language_words"))
        ),
        None,
    )


def liked_list(source: Source) -> bool:
    """Whether a playlist is that of the liked videos: by its id (LL…), else by the file's name."""
    from screening.readers.core.structure import head_text

    if re.search(r"(^|[,\"])LL([\w-]{20,})?\s*[,\"]", head_text(source)[:2000], re.M):
        return True
    name = source.leaf.casefold()
    return any(word in name for word in words("liked_files"))


def root_of(source: Source) -> str:
    """The folder above the product folder (`Takeout`)."""
    return "/".join(source.path.split("/")[:-3])


def place_of(source: Source) -> str:
    """Where the Takeout that holds the file begins."""
    return f"{source.container}/{root_of(source)}"


def segments(cell: str) -> str:
    """The text of a comment cell: `{"takeoutSegments": […]}`, comma-joined objects (since June 2024), or plain words."""
    if not cell.lstrip().startswith("{"):
        return cell
    try:
        parts = json.loads(f"[{cell}]", strict=False)
    except ValueError:
        return cell
    flat = [part for item in parts if isinstance(item, dict) for part in (item.get("takeoutSegments") or [item])]
    return "".join(str(part.get("text") or "") for part in flat if isinstance(part, dict))


def mentioned(cell: str) -> list[str]:
    """The channel ids a comment mentions."""
    return list(dict.fromkeys(re.findall(r'"(?:externalChannelId|channelId)"\s*:\s*"(UC[\w-]+)"', cell)))
