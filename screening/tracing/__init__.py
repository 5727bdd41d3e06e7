"""One activity followed through every stage, flagged or not: what was read, noticed, understood, tried and weighed."""

from screening.tracing.trace import Trace, recorded, trace

__all__ = ["Trace", "recorded", "trace"]
