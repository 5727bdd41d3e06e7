"""What a user can do wrong: every error says what, where (file:line) and how to mend it.

ScreeningError
├── UsageError          exit 2   an option or argument that cannot be used
├── NoReadableInput     exit 3   nothing in the inputs could be read
├── RulesetError        exit 4   lexicons, acts, contests, roster or accounts are invalid (lists every problem)
└── IntegrityError      exit 5   model, ledger or run does not match its recorded hash
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screening.printable import one_line


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place of a data file; `line` is 1-based, 0 when the file as a whole is meant."""

    file: str
    line: int
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return one_line(f"{where}: {self.what}" + (f" — {self.remedy}" if self.remedy else ""))


class ScreeningError(Exception):
    """A fault a user can mend; the command line prints it without a traceback."""

    exit_code = 1


class UsageError(ScreeningError):
    exit_code = 2


class NoReadableInput(ScreeningError):
    exit_code = 3


class RulesetError(ScreeningError):
    """Rules that cannot be used; carries every problem found, not only the first."""

    exit_code = 4

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class IntegrityError(ScreeningError):
    exit_code = 5
