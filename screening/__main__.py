"""`python -m screening`: the same program as the `screening` command."""

from screening.cli import main

main()
