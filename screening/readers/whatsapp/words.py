"""What the app wrote and what a person wrote: the phrases of `whatsapp.toml`, compared in lower case without marks."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from screening.readers.whatsapp.lines import MARKS, plain_spaces

_MARK = re.compile(f"[{MARKS}]")


@cache
def _rules() -> dict[str, list[re.Pattern[str]]]:
    raw = tomllib.loads(Path(__file__).with_name("whatsapp.toml").read_text(encoding="utf-8"))
    return {name: [re.compile(one, re.I) for one in part["patterns"]] for name, part in raw.items()
            if name != "schema" and "patterns" in part}  # fmt: skip


def selves() -> frozenset[str]:
    """How the app calls the person whose phone exported the chat."""
    return _words("self")


def nobody() -> frozenset[str]:
    """How the app calls a person it does not name."""
    return _words("nobody")


@cache
def _words(part: str) -> frozenset[str]:
    raw = tomllib.loads(Path(__file__).with_name("whatsapp.toml").read_text(encoding="utf-8"))
    return frozenset(raw[part]["words"])


def bare(text: str) -> str:
    """The text without marks, odd blanks and outer blanks."""
    if text.isascii():
        return text.strip()
    return plain_spaces(_MARK.sub("", text)).strip()


def says(rule: str, text: str) -> re.Match[str] | None:
    """The match of a rule with a whole line, or None. Nearly all lines lack the words a rule needs, and cost no more."""
    needs = _needs().get(rule)
    if needs is not None:
        lower = text.lower()
        for word in needs:
            if word in lower:
                break
        else:
            return None
    return _match(rule, text)


@lru_cache(maxsize=65_536)
def _match(rule: str, text: str) -> re.Match[str] | None:
    line = bare(text)
    return next((match for pattern in _rules()[rule] if (match := pattern.fullmatch(line))), None)


@cache
def _needs() -> dict[str, tuple[str, ...]]:
    """Of a rule whose every pattern holds one of a few words: these words, in lower case."""
    raw = tomllib.loads(Path(__file__).with_name("whatsapp.toml").read_text(encoding="utf-8"))
    return {name: tuple(part["needs"]) for name, part in raw.items() if name != "schema" and "needs" in part}


def unedited(text: str) -> str:
    """Without the app's remark that the message was edited."""
    return _rules()["edited"][0].sub("", text) if "<" in text else text
