"""YouTube: Google Takeout, its tables and activity pages."""

from screening.readers.core.reader import Reader
from screening.readers.youtube import activity, takeout

READERS: tuple[Reader, ...] = (
    takeout.READER,
    activity.READER,
)
