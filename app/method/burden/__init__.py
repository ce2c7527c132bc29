"""Burden: what work is of which kind, who orders it, and what cutting or merging it would free."""
