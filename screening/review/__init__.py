"""The reviewers' loop: files out and in, the ledger, agreement, conflicts, memory of decisions, cases, two runs compared.

People decide; nothing here changes a finding or a score. `carry_over` and `cases.known_and_due` are what reports show
beside the machine's columns.
"""
