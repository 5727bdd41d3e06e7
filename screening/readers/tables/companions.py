"""Tables that belong to a run but hold no activities: the roster, the register of campaign accounts, and our own results."""

from __future__ import annotations

from screening.readers.core.reader import Claim, Reader
from screening.readers.core.source import Source
from screening.readers.core.tabular import all_headers

_ROSTER = {"platform", "actor", "subject id"}
_REVIEW = {"id temuan", "putusan"}
_REFUSED = {"berkas", "letak", "sebab", "isi disamarkan"}
_REPEATED = {"id subjek", "kode perbuatan", "jumlah aktivitas"}
_REJECTED = {"source file", "source pointer", "reason", "raw"}
_REGISTER = {"platform", "handle", "contestant", "role"}


def _recognise(source: Source) -> Claim | None:
    for header in all_headers(source):
        if any(header >= own for own in (_REVIEW, _REJECTED, _REFUSED, _REPEATED)):
            return Claim(ignored="hasil proses penyaringan sebelumnya, bukan ekspor")
        if header >= _REGISTER:
            return Claim(ignored="daftar akun peserta, bukan aktivitas; berikan dengan --accounts")
        if header >= _ROSTER and not {"kind", "text"} & header:
            return Claim(ignored="daftar pegawai, bukan aktivitas; berikan dengan --roster")
    return None


READER = Reader("companion", _recognise, read=lambda source, context: iter(()), title="daftar pendamping")
