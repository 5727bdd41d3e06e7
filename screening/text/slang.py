"""Informal spellings by an own short list (`lexicons/words/slang.csv`): gk -> tidak, brg -> bersama, nyoblos -> coblos."""

from __future__ import annotations

from functools import lru_cache

from screening.text.fold import fold
from screening.text.wordlists import word_rows


@lru_cache(maxsize=1)
def slang() -> dict[str, str]:
    """Folded informal word -> folded standard word."""
    return {fold(row["word"]): fold(row["standard"]) for row in word_rows("slang")}


def standard(word: str) -> str:
    """The standard spelling of one folded word, or the word itself."""
    return slang().get(word, word)
