"""Instagram, and Threads, which lies inside its download."""

from screening.readers.core.reader import Reader
from screening.readers.instagram import download, older, pages, threads

READERS: tuple[Reader, ...] = (
    download.READER,
    older.READER,
    pages.READER,
    threads.READER,
)
