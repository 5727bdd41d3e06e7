"""The reasons of findings as reports read them: most come again, so each is decoded and put into words once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from screening.reports.html import json_text
from screening.reports.labels import label, number
from screening.reports.sentences import brief, sentence
from screening.tables import decode

# How a canonical list of reasons begins, and what stands between two: within a text the quotation marks are escaped.
_BEGIN, _BETWEEN = '[{"code":', '},{"code":'


class Reason(NamedTuple):
    """One part of a score: what it says, where it was noticed, and its words for the review file and for the page."""

    code: str
    text: str
    points: int | float
    quote: str
    field: str
    start: int
    end: int
    weighs: str
    sentence: str
    on_page: str


def reasons_of(cell: Any) -> list[Reason]:
    """The reasons of a JSON cell; none for a missing one, and what `shared` gave as it is."""
    return cell if isinstance(cell, list) else [_reason(part) for part in decode(cell)]


def shared(cells: Iterable[Any]) -> list[list[Reason]]:
    """`reasons_of` each cell; equal reasons are one object."""
    known: dict[str, Reason] = {}

    def found(cell: str) -> list[Reason]:
        texts = cell[len(_BEGIN) : -2].split(_BETWEEN)
        for text in texts:
            if text not in known:
                known[text] = _reason(json.loads(f'{{"code":{text}}}'))
        return [known[text] for text in texts]

    return [found(cell) if isinstance(cell, str) and cell.startswith(_BEGIN) else reasons_of(cell) for cell in cells]


def main_reasons(cell: Any) -> str:
    """The strongest reasons for the finding, one numbered sentence a line, the points last."""
    chosen = [one for one in reasons_of(cell) if one.points > 0 and not one.code.startswith("batas_")]
    chosen.sort(key=lambda one: -one.points)  # stable: equal points keep the judge's order
    return "\n".join([f"{at}) {one.sentence}" for at, one in enumerate(chosen[: number("main_reasons")], 1)])


def subtotal(cell: Any, weighs: str) -> int | str:
    """How many points of a score are its weight, its proof or its limits; nothing for runs that did not tell."""
    told = reasons_of(cell)
    return sum(int(one.points) for one in told if one.weighs == weighs) if any(one.weighs for one in told) else ""


def quotes(cell: Any) -> str:
    """The distinct quoted characters behind the score, in the order of the reasons."""
    found = dict.fromkeys([one.quote for one in reasons_of(cell) if one.quote])
    return " · ".join([f"“{brief(quote)}”" for quote in found])


def _reason(part: Mapping[str, Any]) -> Reason:
    text, points, quote = part.get("text"), part.get("points", 0), str(part.get("quote") or "")
    place = (part.get("field") or "", part.get("start") or 0, part.get("end") or 0)
    told = json_text(label("weighs", part.get("weighs")))
    on_page = f"[{json_text(str(text or part.get('code')))},{points},{json_text(quote)},{told}]"
    weighs = str(part.get("weighs") or "")
    return Reason(str(part.get("code") or ""), str(text or ""), points, quote, *place, weighs, sentence(part), on_page)
