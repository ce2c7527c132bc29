"""Records: every row of a plan file in its table, and the history that numbers each change."""
