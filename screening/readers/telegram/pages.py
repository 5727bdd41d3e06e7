"""Telegram Desktop's HTML export: recognised, so that it is told what to ask for instead.

Pages hold no numbers of senders and messages and mix a day's headings with messages; the JSON export of the same menu
has everything. Beside a JSON export the pages are known to be the same chats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.readers.core.reader import Claim, Context, Note, Reader, Rejection, Row
from screening.readers.core.source import Source, SourceError
from screening.readers.core.structure import head_text
from screening.readers.telegram.download import place_of

_PAGE = re.compile(r'class="(?:page_wrap|page_header)|<title>Exported Data</title>')
_ADVICE = "halaman HTML Telegram tidak dibaca; minta ekspor format JSON (Telegram Desktop: Export chat history, Format: JSON)."


def _recognise(source: Source) -> Claim | None:
    if source.suffix not in (".html", ".htm"):
        return None
    head = head_text(source)
    telling = _PAGE.search(head) and ('class="history"' in head or "message default" in head or "Exported Data" in head)
    return Claim(same_as="telegram", rank=1, place=place_of(source)) if telling else None


def _read(source: Source, context: Context) -> Iterator[Row | Rejection | Note]:
    raise SourceError(_ADVICE)
    yield  # a generator, as all readers are


READER = Reader("telegram-html", _recognise, _read, title="Telegram (HTML)")
