"""What the subject says he or she did offline, and words about pictures: read from the phrase matches."""

from __future__ import annotations

from screening.detectors.hits import Hits
from screening.detectors.phrases import hits_of_groups
from screening.detectors.scene import Scene


def detect(scene: Scene) -> Hits:
    """Hits of the groups claim and media."""
    return hits_of_groups(scene, scene.found["phrases"], ("claim", "media"), "claims")
