"""LinkedIn: the own-data download."""

from screening.readers.core.reader import Reader
from screening.readers.linkedin import download

READERS: tuple[Reader, ...] = (download.READER,)
