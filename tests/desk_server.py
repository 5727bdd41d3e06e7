"""A review desk as a program of its own, for tests that kill it or open it in a browser: `desk_server.py FOLDER LEDGER [CERT KEY]`.

FOLDER holds `tables.pickle`, which the test itself wrote, and `run`. Prints the address to open, as `screening review serve` does.
"""

from __future__ import annotations

import os
import pickle
import sys
from datetime import UTC, datetime
from pathlib import Path

TESTS = Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS.parent), str(TESTS)]


def main(folder: Path, ledger: Path, certificate: Path | None = None, key: Path | None = None) -> None:
    from desk_builder import desk_of

    from screening.desk.app import application
    from screening.desk.book import REVIEWER, Worker
    from screening.desk.guard import Guard
    from screening.desk.people import Passwords, users_of
    from screening.desk.serve import Address, only_one, run
    from screening.review.runs import read_run

    tables = pickle.loads((folder / "tables.pickle").read_bytes())
    lan = certificate is not None
    with only_one(ledger):
        passwords = Passwords(users_of(ledger)) if users_of(ledger).exists() else None
        desk = desk_of(
            read_run(folder / "run"), tables, ledger, None if passwords else Worker("Ani", REVIEWER), lambda: datetime.now(UTC),
            secure=lan, passwords=passwords,
        )  # fmt: skip

        def guarded(hosts: tuple[str, ...]) -> Guard:
            desk.cookie = "__Host-meja" if lan else "meja"
            return Guard(
                application(desk),
                frozenset(hosts),
                desk.sessions,
                desk.cookie,
                lan,
                passwords.still if passwords else lambda one: True,
            )

        def ready(place: str) -> None:
            print(f"{place}/masuk{f'?kunci={desk.token.value}' if desk.token else ''}", flush=True)

        run(
            guarded,
            Address(int(os.environ.get("SCREENING_DESK_PORT", "0")), lan, ("127.0.0.1",), certificate, key),
            ready,
        )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
