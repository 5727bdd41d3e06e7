"""Who may work at the desk: names, roles and hashes of passwords (argon2id) in one file beside the ledger."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from screening.desk.book import ROLES, Worker
from screening.desk.settings import number, word
from screening.errors import IntegrityError, UsageError
from screening.review.decisions import person
from screening.review.outgoing import check_name
from screening.whole import whole

_NOBODY = "\0nobody"  # whose password is checked where there is no such name, so that the time tells nothing


@dataclass(frozen=True)
class Login:
    """One person: the name as the ledger will have it, the role, the hash of the password."""

    name: str
    role: str
    hash: str


def users_of(ledger: Path) -> Path:
    """The file of logins of a ledger."""
    return ledger.with_name(ledger.name + ".pengguna.json")


def read_users(path: Path) -> dict[str, Login]:
    """Comparable name -> login; none where there is no file. IntegrityError where it is damaged."""
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        found = [Login(**one) for one in held["users"]]
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError) as error:
        raise IntegrityError(f"{path}: {word('people', 'damaged')}") from error
    return {person(one.name): one for one in found}


def set_user(path: Path, name: str, role: str, password: str) -> None:
    """Add a login, or give one another password and role; UsageError for what cannot be one."""
    from argon2 import PasswordHasher

    check_name(name)
    if role not in ROLES:
        raise UsageError(word("people", "role", role=role, roles=", ".join(ROLES)))
    if not number("password", "least") <= len(password) <= number("password", "most"):
        raise UsageError(word("people", "short", least=number("password", "least"), most=number("password", "most")))
    if person(password) == person(name):
        raise UsageError(word("people", "same"))
    users = read_users(path) | {person(name): Login(name, role, PasswordHasher().hash(password))}
    _write(path, users)


def drop_user(path: Path, name: str) -> None:
    """Take a login away; UsageError where there is none. What the person decided stays in the ledger."""
    users = read_users(path)
    if person(name) not in users:
        raise UsageError(word("people", "unknown", name=name))
    _write(path, {key: one for key, one in users.items() if key != person(name)})


class Passwords:
    """Checks names and passwords; an unknown name takes as long as a wrong password."""

    def __init__(self, path: Path) -> None:
        from argon2 import PasswordHasher

        self._path, self._hasher = path, PasswordHasher()
        self._nobody = self._hasher.hash(_NOBODY)

    def worker(self, name: str, password: str) -> Worker | None:
        """Who that is; None where name and password do not fit."""
        from argon2.exceptions import InvalidHashError, VerificationError

        login = read_users(self._path).get(person(name))
        with suppress(VerificationError, InvalidHashError):
            self._hasher.verify(login.hash if login else self._nobody, password[: number("password", "most")])
            return Worker(login.name, login.role) if login else None
        return None

    def still(self, worker: Worker) -> bool:
        """Whether this person may still work here in this role: a login that was taken away ends at once."""
        login = read_users(self._path).get(worker.key)
        return login is not None and login.role == worker.role


def _write(path: Path, users: Mapping[str, Login]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(one) for _, one in sorted(users.items())]
    with whole([path]) as (place,), open(place, "w", encoding="ascii", opener=_private) as out:
        json.dump({"schema": 1, "users": rows}, out, ensure_ascii=True, indent=1)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
