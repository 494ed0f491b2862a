"""`python -m previz` is `previz`."""

from previz.cli import main

main()
