"""Measures: what is chosen, in which amounts and order, and the reasons for every row."""
