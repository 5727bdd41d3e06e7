"""Screening of exported ASN activity for election neutrality: readers normalise, detectors notice, acts judge, people decide."""
