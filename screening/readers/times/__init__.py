"""Times as people and tools write them: a moment and its basis (`moment`), forms (`forms`), day or month first (`order`)."""
