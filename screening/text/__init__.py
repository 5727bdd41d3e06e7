"""Folding, tokens, slang and stems: texts become comparable without losing where each character came from."""
