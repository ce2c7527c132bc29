"""Charts: figures and plans as pictures."""
