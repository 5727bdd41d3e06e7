"""Rules as data: lexicons, contests, acts, risk, roster and accounts, read and cross-checked as one Ruleset."""

from __future__ import annotations

from screening.ruleset.load import DEFAULT_JURISDICTIONS, Ruleset, load_ruleset

__all__ = ["DEFAULT_JURISDICTIONS", "Ruleset", "load_ruleset"]
