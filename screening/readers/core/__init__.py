"""Plumbing: files, archives, streams of records and tables, and what a reader is. It knows no platform."""
