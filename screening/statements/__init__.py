"""Statements: hits bound to who speaks, about whom, how it is meant, in which election and which channel. No law here."""

from screening.statements.bind import bind, reading_of

__all__ = ["bind", "reading_of"]
