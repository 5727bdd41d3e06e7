"""Dated lines inside of a message: an agenda, or lines pasted from another chat. They begin no message and make no sender.

A chat runs on in time. A line that goes back, or ahead of the lines that follow it, and whose sender stands nowhere else
belongs to the message before it. Of the lines that contradict each other those are believed that are most and best
borne out: by a sender who writes again, by a neighbour in the same minutes, by the app's own words. So does a line in
another form than the file's, a sender that is no name ("10.00"), and a run of headings at round times (an agenda that
does not contradict anything).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from screening.readers.whatsapp.lines import Message, local_time
from screening.readers.whatsapp.words import bare, says

_MINUTES = timedelta(minutes=10)  # lines of one chat may stand this much out of order (late delivery)
_NEAR = timedelta(minutes=15)
_NEIGHBOURS = 8
_CLOSE = 4  # lines of one sender within so many count as one standing
_AHEAD = 3  # believed lines a doubtful one is compared with
_ROUND = 15  # an agenda names quarters of an hour
_FORMS = 5  # a second form counts when it has at least this share (a fifth) of the lines: two exports in one file
_NO_NAME = re.compile(r"^[\W\d_]{1,8}$")


class _Start(NamedTuple):
    message: Message
    sender: str | None  # None: no words before a colon
    time: datetime | None
    before: str  # the last words before it


def inside_messages(found: list[tuple[Message, str]], order: str) -> set[int]:
    """The line numbers of dated lines that lie inside of a message. `found`: see `lines.starts`."""
    forms = Counter(message.form for message, _ in found)
    usual = {form for form, number in forms.items() if number * _FORMS >= len(found)}
    usual.add(found[0][0].form if found else "")
    odd = {message.line for message, _ in found if message.form not in usual}
    starts = [
        _Start(message, sender_of(message), local_time(message, order), before)
        for message, before in found
        if message.line not in odd
    ]
    number = _standing(starts)
    agenda = _agenda(starts, number)
    odd |= {starts[place].message.line for place in agenda}
    odd |= {start.message.line for start in starts if start.sender and _no_name(start.sender)}
    return odd | _out_of_order([start for start in starts if start.message.line not in odd], number)


def _standing(starts: list[_Start]) -> Counter[str | None]:
    """How often each sender stands in the file, counted so that pasted lines do not bear each other out: lines close to each
    other count once (an agenda, a few lines of another chat), so do two at the same time (the same agenda posted twice),
    and a name that stands at quarters of an hour only counts once at all (the item of several agendas)."""
    number: Counter[str | None] = Counter()
    last: dict[str, int] = {}
    seen: set[tuple[str, tuple[int, ...]]] = set()
    uneven = {start.sender for start in starts if not _is_round(start)}
    for place, start in enumerate(starts):
        if start.sender is None:
            continue
        new = (start.sender, start.message.parts) not in seen and place - last.get(start.sender, -_CLOSE - 1) > _CLOSE
        seen.add((start.sender, start.message.parts))
        last[start.sender] = place
        number[start.sender] += new and (start.sender in uneven or not number[start.sender])
    return number


def sender_of(message: Message) -> str | None:
    """The words before the first colon of a line, as they would be a sender's name."""
    first = message.rest.split("\n", 1)[0]
    head, colon, _ = first.partition(":")
    return bare(head).lstrip("~").strip() or None if colon and len(head) <= 80 else None


def _no_name(sender: str) -> bool:
    """Whether the words before the colon can be no name: a clock, a number that is no telephone number."""
    return bool(_NO_NAME.match(sender)) and not sender.startswith("+")


def _agenda(starts: list[_Start], number: Counter[str | None]) -> set[int]:
    """The places of runs of unknown senders at round times that are items of an agenda and no people."""
    found: set[int] = set()
    run: list[int] = []
    uneven = {start.sender for start in starts if not _is_round(start)}
    for place, start in enumerate(starts):
        if place and start.sender and number[start.sender] == 1 and start.sender not in uneven:
            run.append(place)
            continue
        found |= _whole(run, starts)
        run = []
    return found | _whole(run, starts)


def _whole(run: list[int], starts: list[_Start]) -> set[int]:
    """The run when it is an agenda: far from the line before, at least one item reads as a heading and not as a name, and
    it has two items or was announced by a colon. People who write once at a round time are people."""
    if not run or starts[run[0] - 1].sender is None:
        return set()
    announced = starts[run[0]].before.rstrip(" *_").endswith(":")
    first, before = starts[run[0]].time, starts[run[0] - 1].time
    far = first is not None and before is not None and abs(first - before) > _NEAR
    headed = any(_is_heading(starts[place].sender or "") for place in run)
    return set(run) if far and headed and (announced or len(run) > 1) else set()


def _is_heading(sender: str) -> bool:
    """Whether words read as a heading ("Rapat koordinasi"): several, and not all of them begin with a capital."""
    words = [word for word in sender.split() if word[0].isalpha()]
    return len(words) > 1 and any(word[0].islower() for word in words[1:])


def _is_round(start: _Start) -> bool:
    return start.message.parts[4] % _ROUND == 0 and start.message.parts[5] == 0


def _out_of_order(starts: list[_Start], number: Counter[str | None]) -> set[int]:
    """The lines that contradict the run of time and are not borne out by their sender."""
    timed = [start for start in starts if start.time is not None]
    if not any(later.time < earlier.time for earlier, later in pairwise(timed)):  # type: ignore[operator]
        return set()
    kept = sorted(_believed(timed, [_weight(place, timed, number) for place in range(len(timed))]))
    senders = {timed[place].sender for place in kept}
    odd = set()
    for place in sorted(set(range(len(timed))) - set(kept)):
        start = timed[place]
        spot = bisect_right(kept, place)
        around = [timed[other].time for other in (*kept[max(spot - 1, 0) : spot], *kept[spot : spot + _AHEAD])]
        own = start.sender is None and bool(says("system", start.message.rest) or says("group", start.message.rest))
        if own or start.sender in senders - {None} or _close(start, around):
            continue
        if not _fits(start, around[: min(spot, 1)], around[min(spot, 1) :]):
            odd.add(start.message.line)
    return odd


def _close(start: _Start, around: Sequence[datetime | None]) -> bool:
    """Whether a line is out of order by minutes only (late delivery)."""
    return any(abs(start.time - time) <= _MINUTES for time in around[:2] if time is not None and start.time is not None)


def _fits(start: _Start, behind: Sequence[datetime | None], ahead: Sequence[datetime | None]) -> bool:
    """Whether a line runs on from the believed line behind it and most of those ahead of it: then it is one of these
    that came late. A round time needs more of them."""
    assert start.time is not None
    later = sum(time is not None and time >= start.time - _MINUTES for time in ahead)
    most = later * 2 > len(ahead) or (later * 2 == len(ahead) > 0 and not _is_round(start))
    return most and all(time is not None and time <= start.time for time in behind)


def _weight(place: int, timed: list[_Start], number: Counter[str | None]) -> float:
    """How well a line is borne out."""
    start = timed[place]
    if place == 0:
        return 3.0 * len(timed) + 1.0  # a file begins with a message: no others together outweigh it
    if start.sender is None:
        return 3.0 if says("system", start.message.rest) or says("group", start.message.rest) else 0.5
    if number[start.sender] > 1 or _goes_on(place, timed):
        return 3.0
    around = [*timed[max(place - _NEIGHBOURS, 0) : place], *timed[place + 1 : place + 1 + _NEIGHBOURS]]
    near = any(abs(other.time - start.time) <= _NEAR for other in around)  # type: ignore[operator]
    return (2.0 if near else 1.0) * (0.5 if _is_round(start) else 1.0)


def _goes_on(place: int, timed: list[_Start]) -> bool:
    """Whether the sender wrote shortly before, with lines in between that stand outside of that time."""
    start = timed[place]
    assert start.time is not None
    for back in range(place - 1, max(place - _NEIGHBOURS, 0) - 1, -1):
        earlier = timed[back]
        if earlier.sender == start.sender and earlier.time is not None and earlier.time <= start.time:
            between = [other.time for other in timed[back + 1 : place] if other.time is not None]
            return any(not earlier.time <= time <= start.time for time in between)
    return False


def _believed(timed: list[_Start], weights: list[float]) -> set[int]:
    """The places of the heaviest sequence of lines that never goes back in time (patience sorting over weights)."""
    times: list[datetime] = []  # ascending, each with the best total that ends there; totals ascend too
    totals: list[float] = []
    ends: list[int] = []
    before: list[int | None] = []
    for place, start in enumerate(timed):
        assert start.time is not None
        spot = bisect_right(times, start.time)
        total = weights[place] + (totals[spot - 1] if spot else 0.0)
        before.append(ends[spot - 1] if spot else None)
        if spot and times[spot - 1] == start.time:
            spot -= 1
            times[spot], totals[spot], ends[spot] = start.time, total, place
        elif spot == 0 or total > totals[spot - 1]:
            times.insert(spot, start.time)
            totals.insert(spot, total)
            ends.insert(spot, place)
        over = spot + 1
        while over < len(times) and totals[over] <= total:
            over += 1
        del times[spot + 1 : over], totals[spot + 1 : over], ends[spot + 1 : over]
    kept: set[int] = set()
    here = ends[-1] if ends else None
    while here is not None:
        kept.add(here)
        here = before[here]
    return kept
