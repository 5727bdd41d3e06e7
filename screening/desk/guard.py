"""Who comes in: hosts, origins, sessions, forgery, sizes and rates are checked before any page is asked.

A plain ASGI layer around the pages, so that nothing of a request is read before its host, size and rate are allowed. Every answer,
also of a refusal, carries the policy that lets a page load nothing but the desk's own style, script and pictures.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from screening.desk.book import Worker
from screening.desk.settings import number, word

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # under no-referrer a browser tells no origin, which is checked here
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), clipboard-read=()",
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
}
SAFE = ("GET", "HEAD")
OPEN_PATHS = ("/masuk", "/gaya.css", "/meja.js", "/favicon.ico")


@dataclass
class Session:
    """One browser's visit: who, until when, and the word its forms must carry."""

    worker: Worker
    begun: float
    last: float
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    told: dict[str, Any] = field(default_factory=dict)  # what the next page says once, and the filter of the queue


class Sessions:
    """Open visits, in memory only: the end of the program ends them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._held: dict[str, Session] = {}
        self._clock, self._lock = clock, threading.Lock()

    def open(self, worker: Worker) -> str:
        """A new visit; its secret."""
        secret, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            for old in [key for key, one in self._held.items() if self._over(one, now)]:
                del self._held[old]
            while len(self._held) >= number("session", "most"):
                del self._held[min(self._held, key=lambda key: self._held[key].last)]
            self._held[secret] = Session(worker, now, now)
        return secret

    def get(self, secret: str) -> Session | None:
        """The visit with that secret, while it lasts."""
        now = self._clock()
        with self._lock:
            found = self._held.get(secret)
            if found is None:
                return None
            if self._over(found, now):
                del self._held[secret]
                return None
            found.last = now
            return found

    def close(self, secret: str) -> None:
        with self._lock:
            self._held.pop(secret, None)

    @staticmethod
    def _over(one: Session, now: float) -> bool:
        idle, longest = 60 * number("session", "idle_minutes"), 3600 * number("session", "longest_hours")
        return now - one.last > idle or now - one.begun > longest


class Buckets:
    """How often something may happen per name: so many at once, so many a second thereafter."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._rate, self._clock = burst, per_second, clock
        self._held: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, name: str) -> bool:
        """Whether it may happen now; then it counts."""
        with self._lock:
            left = self._left(name)
            self._held[name] = (left - 1 if left >= 1 else left), self._clock()
            if len(self._held) > 10_000:
                self._held = {key: one for key, one in self._held.items() if self._left(key) < self._burst}
            return left >= 1

    def may(self, name: str) -> bool:
        """Whether it may happen now, without counting."""
        with self._lock:
            return self._left(name) >= 1

    def forget(self, name: str) -> None:
        with self._lock:
            self._held.pop(name, None)

    def _left(self, name: str) -> float:
        left, at = self._held.get(name, (self._burst, 0.0))
        return min(self._burst, left + (self._clock() - at) * self._rate) if name in self._held else self._burst


class OneTimeToken:
    """The word in the address the terminal shows: good once, and not for long."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.value = secrets.token_urlsafe(32)
        self._until, self._clock, self._lock = (
            clock() + 60 * number("session", "token_minutes"),
            clock,
            threading.Lock(),
        )
        self._used = False

    def spend(self, given: str) -> bool:
        """Whether that was it; then it is worth nothing any more."""
        with self._lock:
            good = (
                not self._used
                and self._clock() < self._until
                and hmac.compare_digest(given.encode(), self.value.encode())
            )
            self._used |= good
            return good


@dataclass
class Guard:
    """The ASGI layer. `hosts`: what may stand in the Host header; `scheme` and `cookie` as this desk uses them."""

    app: Callable[[Scope, Receive, Send], Awaitable[None]]
    hosts: frozenset[str]
    sessions: Sessions
    cookie: str
    secure: bool = False
    still: Callable[[Worker], bool] = lambda worker: True
    rates: Buckets = field(default_factory=lambda: Buckets(number("rate", "burst"), number("rate", "per_second")))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        answer = _answering(send)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        fault = self._stranger(scope, headers)
        if fault:
            await _refuse(answer, *fault)
            return
        if not self.rates.take(str((scope.get("client") or ("",))[0])):
            await _refuse(answer, 429, "rate")
            return
        secret = _cookies(headers.get("cookie", "")).get(self.cookie, "")
        session = self.sessions.get(secret) if secret else None
        if session and not self.still(session.worker):
            self.sessions.close(secret)
            session = None
        body = b""
        if scope["method"] not in SAFE:
            if (got := await _body(headers, receive)) is None:
                await _refuse(answer, 413, "size")
                return
            body = got
        try:
            form = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=number("body", "fields"))
        except ValueError:
            await _refuse(answer, 400, "form")
            return
        if session is None and scope["path"] not in OPEN_PATHS:
            await _refuse(answer, 401 if scope["method"] not in SAFE else 303, "login", {"location": "/masuk"})
            return
        if session and scope["method"] not in SAFE and scope["path"] != "/masuk":
            given = headers.get("x-csrf", "") or dict(form).get("csrf", "")
            if not hmac.compare_digest(given.encode("utf-8", "replace"), session.csrf.encode()):
                await _refuse(answer, 403, "csrf")
                return
        scope["state"] = {"session": session, "secret": secret, "form": form}
        await self.app(scope, receive, answer)

    def _stranger(self, scope: Scope, headers: Mapping[str, str]) -> tuple[int, str] | None:
        """What is wrong with where a request comes from."""
        if scope["method"] not in (*SAFE, "POST"):
            return 405, "method"
        if headers.get("host", "").lower() not in self.hosts:
            return 421, "host"
        if scope["method"] in SAFE:
            return None
        scheme = "https" if self.secure else "http"
        if headers.get("origin", "") not in {f"{scheme}://{host}" for host in self.hosts}:
            return 403, "origin"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "origin"
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        return (415, "form") if kind != "application/x-www-form-urlencoded" else None


async def _body(headers: Mapping[str, str], receive: Receive) -> bytes | None:
    """The body of a form; None as soon as it is too long, whatever its head said."""
    most = number("body", "form_bytes")
    told = headers.get("content-length", "0")
    if not told.isdigit() or int(told) > most:
        return None
    body = b""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if not message.get("more_body"):
            return body


def _answering(send: Send) -> Send:
    """Every answer with the headers of this room."""

    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = [
                (name, value)
                for name, value in message.get("headers", [])
                if name.decode("latin-1").lower() not in HEADERS
            ]
            message["headers"] = [*own, *((name.encode(), value.encode()) for name, value in HEADERS.items())]
        await send(message)

    return sending


async def _refuse(send: Send, status: int, why: str, headers: Mapping[str, str] = {}) -> None:
    text = word("refused", why).encode("utf-8")
    told = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(text)),
        "connection": "close",
        **headers,
    }
    if status == 303:
        told.pop("connection")
    await send({"type": "http.response.start", "status": status,
                "headers": [(name.encode(), value.encode()) for name, value in told.items()]})  # fmt: skip
    await send({"type": "http.response.body", "body": text})


def _cookies(header: str) -> dict[str, str]:
    pairs = (one.strip().partition("=") for one in header.split(";"))
    return {name: value for name, _, value in pairs}
