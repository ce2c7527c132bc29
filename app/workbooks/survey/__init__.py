"""Surveys: one workbook per unit goes out, comes back, and is decided on line by line."""
