"""Damaged files through every door but the readers' (those: tests/readers/fuzz.py): roster, accounts, lexicon, candidates, own contests,
review files, ledger, model, log, key. Only errors that tell people what to do may come out.

`python -m tests.fuzz_doors [--cases 2000] [--seed 1] [--door NAME]`
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from openpyxl import Workbook

from screening.errors import ScreeningError
from screening.shipped import shipped

TOKENS = (
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"9" * 500,
    b"=1+1",
    b"\xc2\xb2",
    b"[",
    b"{",
    b"<",
    b"&x;",
)
ROSTER = "nama,nip,platform,akun,jabatan,cuti_mulai,cuti_selesai\nPegawai Rekaan,198501012010011001,instagram,asn_0101,staf,2024-09-01,2024-09-30\n"
ACCOUNTS = "platform,akun,jenis,peserta\ninstagram,akun_rekaan,resmi,pilpres-2024/1\n"
CANDIDATES = "Nama,Partai,Nomor,Dapil\nCalon Rekaan,PKB,1,Jakarta I\n"
LEXICON = (
    "entry_id,term,kind,signal,contestant_id,contest,match,requires,barred_by,valid_from,valid_to,strength,certainty,source,example,"
    "counterexample,note\nuji-1,Tim Rekaan,team,team,pilpres-2024/1,pilpres-2024,token,word:pemilu@8,,,,0.5,verified,uji,Tim Rekaan,,\n"
)
REVIEW = "id_temuan;putusan;penelaah;catatan\nabc;BUKAN PELANGGARAN;Ani;alasan\n"


def book(text: str) -> bytes:
    """The same table as XLSX."""
    made = Workbook()
    for line in text.splitlines():
        made.active.append(line.replace(";", ",").split(","))
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def _roster(path: Path) -> None:
    from screening.ruleset.roster import read_roster

    read_roster(path, {})


def _accounts(path: Path) -> None:
    from screening.ruleset.accounts import read_accounts

    read_accounts(path, {})


def _candidates(path: Path) -> None:
    from screening.ruleset.candidates import import_candidates

    import_candidates(path, "pileg-2024", {})


def _lexicon(path: Path) -> None:
    from screening.ruleset.entries import read_entries

    read_entries([path])


def _contests(path: Path) -> None:
    from screening.ruleset.elections import read_contests

    read_contests([path])


def _review(path: Path) -> None:
    from screening.review.exchange import Handing, import_files

    import_files([path], path.with_name("buku-uji.sqlite"), Handing("petugas"), ())


def _ledger(path: Path) -> None:
    from screening.review.ledger import read

    read(path)


def _model(path: Path) -> None:
    from screening.classifier.model import load

    load(path.parent)


def _log(path: Path) -> None:
    from screening.uselog import read

    read(path)


def _key(path: Path) -> None:
    from screening.privacy.key import read

    read(path)


def _seed_ledger() -> bytes:
    from screening.review.ledger import Draft, append

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b"
        append(path, [Draft("uji", "Ani", "uji", {"n": n}) for n in range(4)])
        return path.read_bytes()


# name -> (file name, what is damaged, what reads it); several contents take turns
Door = tuple[str, list[bytes], Callable[[Path], None]]


def doors() -> dict[str, Door]:
    """Every door."""
    contest = next(iter(sorted(shipped("data/elections").glob("*.toml")))).read_bytes()
    line = b'{"number":1,"at":"2026-01-01T00:00:00+00:00","who":"x","what":"run","facts":{},"prev":"0","hash":"0"}\n'
    return {
        "roster": ("r.csv", [ROSTER.encode(), book(ROSTER)], _roster),
        "accounts": ("a.csv", [ACCOUNTS.encode(), book(ACCOUNTS)], _accounts),
        "candidates": ("c.csv", [CANDIDATES.encode(), book(CANDIDATES)], _candidates),
        "lexicon": ("l.csv", [LEXICON.encode()], _lexicon),
        "contests": ("k.toml", [contest], _contests),
        "review": ("t.csv", [REVIEW.encode(), book(REVIEW)], _review),
        "ledger": ("b.sqlite", [_seed_ledger()], _ledger),
        "model": ("model.json", [(shipped("data/model") / "model.json").read_bytes()[:40_000]], _model),
        "log": ("c.log", [line], _log),
        "key": ("k.key", [b"# kunci\nberlaku 2026-01-01 " + b"ab" * 32 + b"\n"], _key),
    }


def damaged(content: bytes, chance: random.Random) -> bytes:
    """One to four changes; a workbook is damaged as a file, or in one of its members."""
    if content[:2] == b"PK" and chance.random() < 0.6:
        return _repacked(content, chance)
    made = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        what = chance.randrange(5)
        if what == 0 and made:
            made[min(at, len(made) - 1)] = chance.randrange(256)
        elif what == 1:
            made[at:at] = chance.choice(TOKENS)
        elif what == 2:
            del made[at : at + chance.randint(1, 30)]
        elif what == 3:
            made[at:at] = made[max(at - 40, 0) : at]
        else:
            del made[at:]
    return bytes(made)


def _repacked(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(members))
    if chance.random() < 0.1:
        del members[name]
    else:
        members[name] = damaged(members[name], chance) or b" "
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for one, data in members.items():
            archive.writestr(one, data)
    return held.getvalue()


def fuzz(cases: int, seed: int, only: str = "") -> list[str]:
    """Door, case and error of every case that let out something else than an error for people."""
    chance, wrong = random.Random(seed), []
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, contents, opened) in doors().items():
            if only not in ("", name):
                continue
            for number in range(cases):
                path = Path(folder) / f"{name}-{file}" if name != "model" else Path(folder) / file
                path.write_bytes(damaged(contents[number % len(contents)], chance))
                try:
                    with redirect_stdout(io.StringIO()):
                        opened(path)
                except (ScreeningError, OSError):
                    continue
                except Exception as error:
                    wrong.append(f"{name} {number}: {type(error).__name__}: {error}"[:200])
    return wrong


def main() -> None:
    """Tell what was let out."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--cases", type=int, default=2_000)
    given.add_argument("--seed", type=int, default=1)
    given.add_argument("--door", default="")
    chosen = given.parse_args()
    wrong = fuzz(chosen.cases, chosen.seed, chosen.door)
    print(f"{chosen.cases} berkas rusak untuk tiap pintu ({len(doors())} pintu): {len(wrong)} kesalahan")
    for one in wrong[:40]:
        print(one)
    if wrong:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
