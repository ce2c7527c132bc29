"""Benchmarks: our time beside the raw library's in the same run; `dev.py bench` prints them."""
