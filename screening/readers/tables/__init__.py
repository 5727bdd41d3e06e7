"""Tables that are not one platform's own: the canonical table, vendors' exports (one profile each), and hand-made lists."""
