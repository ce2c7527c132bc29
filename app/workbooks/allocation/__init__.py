"""The allocation workbook: what is handed out, sheet by sheet, with live formulas."""
