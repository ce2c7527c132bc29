"""Tests of the allocation workbook."""
