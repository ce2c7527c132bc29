"""Carrying out: the one path from measures to the county as it stands after them."""
