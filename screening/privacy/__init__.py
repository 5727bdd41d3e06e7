"""Personal data at the borders of the program: pseudonyms with a key, masking of what others are named by, the log of use.

Policy and its reasons: docs/privacy.md.
"""
