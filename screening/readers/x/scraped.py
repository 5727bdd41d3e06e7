"""What all X tools have in common: replies are comments, retweets and quotes are shares with the original as target.

A reply that also quotes is a reply: it is aimed at the tweet it answers, and the quoted address is told beside it. The
archive is read the same way, so that one tweet has one kind wherever it comes from.
"""

from __future__ import annotations

import html
from typing import NamedTuple

from screening.readers.core.reader import Row
from screening.readers.tables.mapped import RETWEET
from screening.readers.times.moment import Moment


class Target(NamedTuple):
    """The tweet an act is aimed at, as far as it is known."""

    account: str | None = None
    id: str | None = None
    text: str | None = None

    def columns(self) -> Row:
        """The target columns of an activity."""
        who = (self.account or "i").lstrip("@") if self.account is None or not self.account.isdigit() else "i"
        return {
            "target_account": self.account,
            "target_text": html.unescape(self.text) if self.text else self.text,
            "target_url": f"https://x.com/{who}/status/{self.id}" if self.id else None,
            "target_kind": "content",
        }


class Tweet(NamedTuple):
    """One tweet with whatever it refers to."""

    id: str | None
    actor: str | None
    moment: Moment
    text: str | None
    reply: Target | None = None
    retweet: Target | None = None
    quote: Target | None = None
    media_text: str | None = None


def with_quote(media_text: str | None, address: str | None) -> str | None:
    """The words about pictures, and the tweet that a reply quotes."""
    told = [media_text, f"mengutip: {address}" if address else None]
    return "\n".join(part for part in told if part) or None


def tweet_row(tweet: Tweet, pointer: str) -> Row:
    """A tweet as an activity; a retweet has no text of its own (the copy begins `RT @user:` and is cut)."""
    written = tweet.text if isinstance(tweet.text, str) else None  # damaged exports hold other things
    text = html.unescape(written) if written else written
    row: Row = {
        "record_id": tweet.id,
        "platform": "x",
        "actor": tweet.actor,
        "kind": "post",
        "text": text,
        "media_text": tweet.media_text,
        "visibility": "public",
        "source_pointer": pointer,
        **tweet.moment._asdict(),
    }
    retweet = tweet.retweet
    if text and (match := RETWEET.match(text)) and (retweet is None or not retweet.text or not retweet.account):
        known = retweet or Target()
        retweet = Target(known.account or match[1], known.id, known.text or match[2])
    if retweet is not None:
        return {**row, "kind": "share", "text": None, **retweet.columns()}
    if tweet.reply is not None:
        quote = tweet.quote.columns()["target_url"] if tweet.quote is not None else None
        return {**row, "kind": "comment", **tweet.reply.columns(), "media_text": with_quote(tweet.media_text, quote)}
    if tweet.quote is not None:
        return {**row, "kind": "share", **tweet.quote.columns()}
    own = f"https://x.com/{(tweet.actor or 'i').lstrip('@')}/status/{tweet.id}" if tweet.id else None
    return {**row, "target_url": own}
