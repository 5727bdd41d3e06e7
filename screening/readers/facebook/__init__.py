"""Facebook: the own-data download as JSON and as pages."""

from screening.readers.core.reader import Reader
from screening.readers.facebook import download, pages

READERS: tuple[Reader, ...] = (
    download.READER,
    pages.READER,
)
