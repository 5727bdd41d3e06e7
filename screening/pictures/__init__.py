"""Pictures speak: words, codes and dates in the photos of an export, with where each stands (docs/pictures.md).

Only with `--pictures` and the extra `pictures`. No face, person or gesture is recognised, and none ever will be here.
"""

from screening.pictures.stage import CACHE, Pictures, require
from screening.pictures.wanted import Wanted

__all__ = ["CACHE", "Pictures", "Wanted", "require"]
