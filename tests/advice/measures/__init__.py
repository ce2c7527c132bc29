"""Tests of the list of measures."""
