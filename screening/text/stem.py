"""Indonesian roots by PySastrawi, one folded word at a time, never for names (they are damaged: bekasi -> bekas).

`lexicons/words/protected.csv` lists words that are returned as they are. The library's own cache grows without bound,
so ours is used: the last 50,000 words. Words longer than 40 letters are not stemmed (stacked prefixes are slow).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from screening.text.wordlists import word_set

_LONGEST = 40


class _Roots(frozenset[str]):
    """Sastrawi's root words with constant-time membership, in the shape its stemmer asks for."""

    def contains(self, word: str) -> bool:
        return word in self

    def count(self) -> int:
        return len(self)


@lru_cache(maxsize=1)
def roots() -> frozenset[str]:
    """The about 30,000 root words of the Sastrawi dictionary (CC BY-NC-SA, see LICENSE)."""
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    factory = StemmerFactory()
    words = factory.get_words() if hasattr(factory, "get_words") else factory.get_words_from_file()
    return _Roots(words)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from Sastrawi.Stemmer.Stemmer import Stemmer

    return Stemmer(roots())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The root of one folded word, or the word itself."""
    if len(word) > _LONGEST or not word.isalpha() or word in word_set("protected"):
        return word
    return str(_stemmer().stem(word))
