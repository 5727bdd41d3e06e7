"""TikTok: the own-data download as JSON and as text."""

from screening.readers.core.reader import Reader
from screening.readers.tiktok import download, text

READERS: tuple[Reader, ...] = (
    download.READER,
    text.READER,
)
