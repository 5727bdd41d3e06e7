"""The list of readers. Adding a format is one module and one line here; two that claim one file are an error."""

from __future__ import annotations

from screening.readers import (
    analyst,
    canonical,
    companions,
    instaloader,
    known,
    own_data,
    scrapers,
    twarc,
    tweet_harvest,
    vendors,
    ytdlp,
    zeeschuimer,
)
from screening.readers.reader import Reader
from screening.readers.source import Source

# Asked for every file; exactly one may claim it.
READERS: tuple[Reader, ...] = (
    canonical.READER,
    companions.READER,
    tweet_harvest.READER,
    twarc.READER,
    scrapers.READER,
    zeeschuimer.READER,
    instaloader.READER,
    ytdlp.READER,
    *own_data.READERS,  # one per platform and form
    *vendors.readers(),  # one per profiles/*.toml
)

# Asked only when none of the above claims the file: free-form tables have no fixed shape.
FALLBACKS: tuple[Reader, ...] = (analyst.READER,)


def ignored(source: Source) -> str:
    """Why a file nobody claims is known and left alone, or the empty string when it is unknown."""
    return known.ignored(source)
