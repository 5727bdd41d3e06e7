"""Telegram Desktop: the JSON export of chats; its HTML pages are told what to ask for instead."""

from screening.readers.core.reader import Reader
from screening.readers.telegram import download, pages

READERS: tuple[Reader, ...] = (
    download.READER,
    pages.READER,
)
