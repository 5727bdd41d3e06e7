"""What a title of Google's My Activity says was done (`takeout.toml`), and the row it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.readers.core.acts import act
from screening.readers.core.reader import Context, Note, Row
from screening.readers.times.moment import Moment
from screening.readers.youtube.columns import words


def left_alone(number: int) -> Iterator[Note]:
    if number:
        yield Note(f"{number} catatan tontonan, penelusuran, atau berjudul tak dikenal tidak dibaca", explains=True)


def meaning(title: str) -> tuple[str, str]:
    """`like` or `follow` and of what, or empty strings."""
    for kind, section in (("like", "liked_titles"), ("follow", "subscribed_titles")):
        for pattern in words(section):
            if match := re.match(pattern, title, re.S):
                return kind, match["what"].strip()
    return "", ""


def activity_row(
    kind: str, pointer: str, context: Context, when: Moment, target: tuple[str | None, str | None, str | None]
) -> Row:
    """`target`: title of the video or channel, its address, the video's channel."""
    what, address, channel = target
    if kind == "follow":
        return act("youtube", "follow", context.owner, pointer, when, target_account=what, target_url=address,
                   target_kind="account")  # fmt: skip
    titled = what if what and not what.startswith(("http://", "https://")) else None
    return act("youtube", "like", context.owner, pointer, when, target_account=channel, target_text=titled,
               target_url=address, target_kind="content")  # fmt: skip
