"""The review desk: a local web application over one run and its ledger, for the people who decide.

`material` holds what may be seen of a run, `book` what the ledger says, `decide` turns a form into rows for the one door to the
ledger (`review.exchange.take_in`), `drafts` keeps what is typed, `people` who may work here, `guard` keeps others out, `app` has
the pages and `serve` runs them. Nothing of the core imports this room; it needs the optional extra `desk`.
"""
