"""From inputs to tables: which files there are (`plan`), who reads which (`registry`), and the stream of what was read."""
