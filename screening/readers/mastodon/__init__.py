"""Mastodon: the own-data archive."""

from screening.readers.core.reader import Reader
from screening.readers.mastodon import download

READERS: tuple[Reader, ...] = (download.READER,)
