"""Runs the desk: one program per ledger, on this computer alone or, with TLS and logins, for the office's network."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screening import publish
from screening.desk.settings import number, word
from screening.errors import UsageError

NEEDED = ("starlette", "uvicorn", "argon2")


@dataclass(frozen=True)
class Address:
    """Where the desk listens. `names`: what browsers may call this computer on the network, besides its own name."""

    port: int = 8765
    lan: bool = False
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None

    @property
    def scheme(self) -> str:
        return "https" if self.lan else "http"

    def hosts(self, port: int) -> tuple[str, ...]:
        """What may stand in the Host header, the one to be shown first."""
        names = (*self.names, platform.node().lower()) if self.lan else ()
        hosts = [f"{name.lower()}:{port}" for name in (*names, "127.0.0.1", "localhost") if name]
        return tuple(dict.fromkeys([*hosts, *(one.removesuffix(":443") for one in hosts if port == 443)]))


def check_extra() -> None:
    """UsageError, telling how to install it, where the extra `desk` is not there."""
    from importlib.util import find_spec

    if lacking := [name for name in NEEDED if find_spec(name) is None]:
        raise UsageError(word("serve", "extra", name=", ".join(lacking)))


def check_address(address: Address) -> None:
    """UsageError for an address that would not be safe."""
    if address.lan and not (address.certificate and address.key):
        raise UsageError(word("serve", "tls"))
    if not address.lan and (address.certificate or address.key):
        raise UsageError(word("serve", "tls_alone"))


@contextmanager
def only_one(ledger: Path) -> Iterator[None]:
    """One desk per ledger at a time; the lock ends with the program, however it ends."""
    path = ledger.with_name(ledger.name + ".meja")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        if not publish.lock(stream):
            raise UsageError(word("serve", "lock", path=path))
        try:
            yield
        finally:
            publish.unlock(stream)


def run(application: Callable[[Sequence[str]], Any], address: Address, ready: Callable[[str], None]) -> None:
    """Serve until stopped. `application`: makes the ASGI application for these hosts; `ready` is told the address to open."""
    import uvicorn

    check_address(address)
    config = config_of(address)
    try:
        config.load()
    except OSError as error:  # also ssl.SSLError
        raise UsageError(word("serve", "certificate", path=address.certificate, why=type(error).__name__)) from error
    try:
        listening = config.bind_socket()
    except SystemExit:
        raise UsageError(word("serve", "port", port=address.port)) from None
    try:
        port = listening.getsockname()[1]
        hosts = address.hosts(port)
        config.loaded_app = application(hosts)
        place = f"{address.scheme}://{hosts[0]}"

        class Telling(uvicorn.Server):
            async def startup(self, sockets: Any = None) -> None:
                await super().startup(sockets)
                ready(place)  # now somebody answers there
                sys.stdout.flush()

        Telling(config).run(sockets=[listening])
    finally:
        listening.close()


def config_of(address: Address) -> Any:
    """How the server is set up: no log of addresses, no word about itself, no more connections than it can serve."""
    import uvicorn

    return uvicorn.Config(
        _not_yet, "0.0.0.0" if address.lan else "127.0.0.1", address.port, log_level="critical", access_log=False, lifespan="off",
        server_header=False, limit_concurrency=number("rate", "connections"), timeout_keep_alive=15,
        h11_max_incomplete_event_size=32_768, http="h11", ws="none", interface="asgi3", proxy_headers=False,
        ssl_certfile=address.certificate, ssl_keyfile=address.key,
    )  # fmt: skip


async def _not_yet(scope: Any, receive: Any, send: Any) -> None:
    """Takes the place of the application until its hosts are known."""
