"""Workbooks in and out: rows with their cells become records, records become sheets."""
