"""The judge reads statements, calendar, roster and acts, and writes findings with their reasons; it reads no text."""

from screening.judge.bench import Bench
from screening.judge.judging import judge

__all__ = ["Bench", "judge"]
