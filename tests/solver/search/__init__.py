"""Tests of the search: the same problem gives the same plan."""
