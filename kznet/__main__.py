"""`python -m kznet` is `kznet`."""

from kznet.cli import main

main()
