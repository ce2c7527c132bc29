"""The standard workbook: its sheets and columns as data, read, checked and written."""
