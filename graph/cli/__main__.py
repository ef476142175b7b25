"""`python -m graph.cli` is `paperkg`."""

from graph.cli import main

main()
