"""Uncertainty: how well inputs are known, and what would follow if they were others."""
