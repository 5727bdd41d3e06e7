"""X (Twitter): the archive, its older form, and what collecting tools return."""

from screening.readers.core.reader import Reader
from screening.readers.x import download, grailbird, timeline, twarc, tweet_harvest

READERS: tuple[Reader, ...] = (
    download.READER,
    grailbird.READER,
    timeline.READER,
    twarc.READER,
    tweet_harvest.READER,
)
