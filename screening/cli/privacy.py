"""What the commands share about personal data: the key and log of a place, options, and showing tables and texts masked."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from screening.folder import Run
    from screening.privacy.key import Key
    from screening.privacy.pseudonyms import Pseudonyms
    from screening.reports.shown import Shown
    from screening.ruleset import Ruleset

KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="BERKAS",
        help="Kunci penyamaran; bawaan: kunci-samaran.key di samping buku telaah, atau di samping folder hasil.",
    ),
]
Identities = Annotated[bool, typer.Option("--identities", help="Tampilkan identitas; dicatat dalam catatan pemakaian.")]
By = Annotated[
    str, typer.Option("--by", metavar="NAMA", help="Petugas yang menjalankan; bawaan: nama pengguna komputer.")
]


@dataclass(frozen=True)
class Place:
    """Where key and log of a run lie; `key` None for the bundled sample, whose key is no secret and whose use nobody logs."""

    key: Path | None
    by: str = ""

    @property
    def log(self) -> Path | None:
        from screening.uselog import NAME

        return None if self.key is None else self.key.with_name(NAME)

    @contextmanager
    def pseudonyms(self) -> Iterator[Pseudonyms]:
        """The pseudonyms of this key. One is made where there is none yet and told on stderr, unless the body fails and leaves
        nothing to go on with: then nothing is left of the key either."""
        from screening.errors import ScreeningError
        from screening.privacy import key
        from screening.privacy.pseudonyms import Pseudonyms

        if self.key is None:
            yield Pseudonyms(key.SAMPLE)
            return
        found, new = key.ready(self.key)
        if not new and key.open_to_others(self.key):
            print(f"PERINGATAN: {self.key} dapat dibaca pengguna lain; batasi haknya (chmod 600).", file=sys.stderr)
        try:
            yield Pseudonyms(found)
        except ScreeningError as error:
            if new and not getattr(error, "__notes__", ()):
                self.key.unlink(missing_ok=True)
            raise
        if new:
            print(
                f"Kunci penyamaran dibuat: {self.key}. Simpan cadangannya terpisah; tanpa kunci itu nomor samaran tidak dapat "
                "dicocokkan lagi dengan pegawai.",
                file=sys.stderr,
            )
            self._lost(found)

    def _lost(self, made: Key) -> None:
        """Say so when the log knows runs with another key: the old one was lost or moved."""
        from screening import uselog

        assert self.log is not None
        before = {use.facts.get("key") for use in uselog.read(self.log)} - {None, made.id}
        if before:
            print(
                "PERINGATAN: proses sebelumnya di tempat ini memakai kunci lain yang tidak ditemukan lagi. Nomor samaran pegawai "
                "dan kasus menjadi baru; putusan lama tetap bertemu temuannya. Kembalikan kunci lama dari cadangan bila ada.",
                file=sys.stderr,
            )

    def check(self) -> None:
        """Raise IntegrityError where the log was altered: before work is done that could not be written into it."""
        from screening import uselog

        if self.log is not None:
            uselog.read(self.log)

    def logged(self, what: str, facts: Mapping[str, Any]) -> None:
        """Write a line into the log of use."""
        from screening import uselog
        from screening.cli.desk import officer

        if self.log is not None:
            uselog.append(self.log, officer(self.by), what, facts)


def place_of(key: Path | None, beside: Path, ledger: Path | None = None, by: str = "") -> Place:
    """The key that was named, else the one beside the ledger, else beside a run folder."""
    from screening.privacy.key import NAME

    return Place(key or (ledger or beside.absolute()).absolute().parent / NAME, by)


def shown(run: Run, ruleset: Ruleset, identities: bool = False) -> Shown:
    """The tables of a finished run as people may see them."""
    from screening.reports.shown import Shown, known_of

    return Shown(run, known_of(run, ruleset), identities)


def seen_by(run: Run, ruleset: Ruleset, what: str, identities: bool, key: Path | None, by: str) -> Shown:
    """`shown`, with a line in the log of use beforehand where identities are to be seen."""
    place = place_of(key, run.folder, by=by)
    if identities:
        place.logged(what, {**about(run), "identities": True})
    return shown(run, ruleset, identities)


def meant(word: str, run: Run, key: Path | None = None) -> str:
    """The pseudonym of the person an id, NIP or NRK belongs to, where the key is at hand and the run has that person; else the word
    as it is."""
    from screening.privacy import key as keys
    from screening.privacy.pseudonyms import Pseudonyms

    path = place_of(key, run.folder).key
    if key is None and (path is None or not path.is_file()):
        return word
    assert path is not None
    known = {*run.table("activities", ["subject_id"])["subject_id"].dropna()}
    return next((one for one in Pseudonyms(keys.read(path)).looked_up(word) if one in known), word)


def about(run: Run) -> dict[str, Any]:
    """What the log says of a run."""
    from screening.manifest import NAME, sha256

    return {"run_id": run.manifest.get("run_id"), "manifest": sha256(run.folder / NAME), "key": run.options.get("key")}
