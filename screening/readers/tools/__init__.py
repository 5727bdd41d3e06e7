"""Tools that collect from several platforms."""

from screening.readers.core.reader import Reader
from screening.readers.tools import instaloader, scrapers, ytdlp, zeeschuimer

READERS: tuple[Reader, ...] = (
    instaloader.READER,
    scrapers.READER,
    ytdlp.READER,
    zeeschuimer.READER,
)
