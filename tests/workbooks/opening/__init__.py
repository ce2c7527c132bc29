"""Tests of opening files of every format."""
