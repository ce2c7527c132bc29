"""Tests of the commands and their answers."""
