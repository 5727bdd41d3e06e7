"""Screening of exported ASN activity for election neutrality.

Readers normalise, detectors notice, acts judge, people decide.
"""
