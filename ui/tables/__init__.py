"""Tables and trees: one way to show, sort, filter, copy, fill and print rows."""
