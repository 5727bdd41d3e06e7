"""Telegram Desktop: the JSON export of chats."""

from screening.readers.core.reader import Reader
from screening.readers.telegram import download

READERS: tuple[Reader, ...] = (download.READER,)
