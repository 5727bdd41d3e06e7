"""Bluesky: the own-data export, a repository in one CAR file."""

from screening.readers.bluesky import download
from screening.readers.core.reader import Reader

READERS: tuple[Reader, ...] = (download.READER,)
