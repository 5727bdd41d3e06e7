"""Tables that belong to a run but hold no activities: the roster and the register of campaign accounts (DESIGN §3)."""

from __future__ import annotations

from screening.readers.reader import Claim, Reader
from screening.readers.source import Source
from screening.readers.tabular import all_headers

_ROSTER = {"platform", "actor", "subject id"}
_REGISTER = {"platform", "handle", "contestant", "role"}


def _recognise(source: Source) -> Claim | None:
    for header in all_headers(source):
        if header >= _REGISTER:
            return Claim(ignored="daftar akun peserta, bukan aktivitas; berikan dengan --accounts")
        if header >= _ROSTER and not {"kind", "text"} & header:
            return Claim(ignored="daftar pegawai, bukan aktivitas; berikan dengan --roster")
    return None


READER = Reader("companion", _recognise, read=lambda source, context: iter(()), title="daftar pendamping")
