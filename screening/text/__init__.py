"""Folding, tokens, slang and stems: texts become comparable without losing where each character came from."""

from screening.text.fold import fold
from screening.text.tokens import Documents, documents, words
from screening.text.vocabulary import Vocabulary

__all__ = ["Documents", "Vocabulary", "documents", "fold", "words"]
