"""`python -m simulation` is the command `cycles`."""

from simulation.cli import main

main()
