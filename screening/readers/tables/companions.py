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
        if (header >= _ROSTER and not {"kind", "text"} & header) or _is_personnel(header):
            return Claim(ignored="daftar pegawai, bukan aktivitas; berikan dengan --roster")
    return None


def _is_personnel(header: set[str]) -> bool:
    """Whether a heading is a personnel office's: who people are and perhaps their accounts, but nothing that was done."""
    from screening.readers.tables.analyst_header import meaning
    from screening.ruleset.roster_columns import heading_meaning

    people = {column for name in header if (column := heading_meaning(name)) is not None}
    done = {meaning(name) for name in header} & {"text", "target_url", "target_text", "clock", "media_text"}
    keys = people & {"nip", "name"}
    office = people & {"grade", "rank", "position", "employment", "agency", "unit"}
    return bool(keys) and len(office) > 1 and not done and not header & {"tanggal", "tgl", "hari tanggal", "waktu"}


READER = Reader("companion", _recognise, read=lambda source, context: iter(()), title="daftar pendamping")
