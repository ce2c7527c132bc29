"""The window: it shows and asks; it knows no SQL, no cells and no linear programme."""
