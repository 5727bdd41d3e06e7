"""Acts: one document's provisions with their elements, exceptions and sanction references, and the expressions in them.

An expression is a list of alternatives; an alternative is a text of atoms joined by "&", all of which must hold:
`own:support & own:contestant`. An atom is `field:signal` (own, content, media, account, tagged, any) or a fact about
the activity (`kind:like`, `object:group`, `is:public`, …). There is no negation: what speaks for a person is an
exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from screening.ruleset.contests import PHASES
from screening.ruleset.datafile import DataFile
from screening.tables import KINDS

Expression = tuple[frozenset[str], ...]

ATOM_FIELDS = ("own", "content", "media", "print", "account", "tagged", "any", "model")
FACTS = frozenset(
    {f"kind:{kind}" for kind in KINDS}
    | {f"object:{kind}" for kind in ("content", "account", "group", "page")}
    | {f"phase:{stage}" for stage in PHASES}
    | {"is:public", "is:private", "is:unknown_visibility", "is:private_account", "is:chat", "is:tagged_by_other"}
    | {"is:any", "is:spouse", "is:on_leave", "is:off_leave", "is:independent", "is:party", "is:leader"}
)  # fmt: skip
SEVERITIES = ("ptdh", "berat", "sedang", "moral", "umum", "imbauan")
ROLES = ("utama", "pendamping", "izin", "non_asn")
EFFECTS = ("clear", "clarify", "mitigate")
TARGETS = ("contestant", "self", "none")


@dataclass(frozen=True)
class Element:
    """One thing that must be shown. `shown` proves it, `hinted` makes it likely but not shown (then it is missing)."""

    name: str
    text: str
    shown: Expression
    hinted: Expression = ()
    settle: str = ""


@dataclass(frozen=True)
class Exemption:
    """What speaks for a person under an act: `effect` clear, clarify or mitigate, weakened to `but_effect` by `but`."""

    name: str
    text: str
    when: Expression
    effect: str
    points: int = 0
    but: Expression = ()
    but_effect: str = "mitigate"
    settle: str = ""


@dataclass(frozen=True)
class OfficialText:
    """The official text of a document as the user's office keeps it: file name, SHA-256 of its bytes, day it was read."""

    file: str
    sha256: str
    read_on: date | None = None


@dataclass(frozen=True)
class Document:
    """A circular, decree or statute as it applies from a day on.

    `until` says why no last day is known; `table`: it holds the whole table of violations; `official`: its own text;
    `edges`: days on which it must or must not hold, for its acts' examples.
    """

    id: str
    title: str
    jurisdiction: str
    valid_from: date | None
    valid_to: date | None
    certainty: str
    source: str
    until: str = ""
    table: bool = False
    note: str = ""
    official: OfficialText | None = None
    edges: tuple[tuple[date, bool], ...] = ()

    def in_force(self, day: date) -> bool:
        """True when the document applied on that local day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class Scene:
    """An example that says where it stands, so that a change of the act's elements, statuses or dates is noticed.

    `result`: what the act must come to for a contestant of each `status`: finding, needs_clarification, or none (it does not
    fit, or is cleared). `account`: role of the account acted upon; `leave`: yes or no, as a roster says; `spouse`: the roster
    names the contestant as husband or wife; `independent`: the contestant stands without a party.
    """

    result: str
    text: str = ""
    status: tuple[str, ...] = ("calon",)
    kind: str = "post"
    phase: str = "campaign"
    on: date = date(2024, 1, 10)
    contest: str = "president"
    media: str = ""
    content: str = ""
    account: str = ""
    visibility: str = "public"
    leave: str = ""
    spouse: bool = False
    independent: bool = False


@dataclass(frozen=True)
class Act:
    """One act of one document. `role`: utama makes findings, pendamping stands beside them, izin permits,
    non_asn is what holds for staff the table does not cover.

    `doubtful`: statuses the wording does not clearly cover, so that the status is missing. `binds`: the kinds of employment
    it holds for (none: all). `carries`: the act of another document whose wording this one repeats.
    """

    id: str
    document: Document
    provision: str
    category: str
    wording: str
    kinds: frozenset[str]
    statuses: frozenset[str]
    severity: str
    elements: tuple[Element, ...]
    exemptions: tuple[Exemption, ...] = ()
    role: str = "utama"
    target: str = "contestant"
    phases: frozenset[str] = frozenset()
    contest_kinds: frozenset[str] = frozenset()
    orphan: Expression = ()
    unnamed: Expression = ()
    blocked_by: Expression = ()
    permits: tuple[str, ...] = ()
    observability: str = "A"
    sanction: str = ""
    note: str = ""
    certainty: str = "unverified"
    source: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    scenes: tuple[Scene, ...] = ()
    file: str = ""
    doubtful: frozenset[str] = frozenset()
    binds: frozenset[str] = frozenset()
    carries: str = ""


@dataclass(frozen=True)
class Jurisdiction:
    """A pack of documents in force somewhere; it may extend another pack. `neutrality`: what neutrality means there."""

    id: str
    name: str
    extends: tuple[str, ...]
    acts: tuple[Act, ...]
    neutrality: tuple[str, ...] = ()
    neutrality_source: str = ""


def atoms_of(expression: Expression) -> frozenset[str]:
    """Every atom an expression mentions."""
    return frozenset().union(*expression) if expression else frozenset()


def parse(file: DataFile, near: str, texts: Iterable[str], known: set[str]) -> Expression:
    """An expression from its texts; unknown fields, signals and facts are problems."""
    parsed = []
    for text in texts:
        atoms = frozenset(part.strip() for part in text.split("&"))
        for atom in sorted(atoms):
            place, _, signal = atom.partition(":")
            if atom not in FACTS and (place not in ATOM_FIELDS or signal not in known):
                file.problem(f"{near}: petunjuk atau fakta tidak dikenal: {atom!r}", text, near)
        parsed.append(atoms)
    return tuple(parsed)
