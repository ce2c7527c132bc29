"""Tests of single cells."""
