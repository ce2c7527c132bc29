"""The page of the intake check: a new duty is drafted, and every unit answers."""
