"""Cells: what stands in one cell, read as its column wants it, or a sentence about it."""
