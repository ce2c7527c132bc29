"""Tests of the check-up's rules."""
