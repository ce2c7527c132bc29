"""Tests of carrying measures out."""
