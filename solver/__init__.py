"""Arithmetic only: a Problem goes in, a Solution comes out; no database, no Excel, no window."""
