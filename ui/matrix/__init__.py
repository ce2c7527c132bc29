"""The matrix: hours of tasks by posts, painted, typed and totalled as in a spreadsheet."""
