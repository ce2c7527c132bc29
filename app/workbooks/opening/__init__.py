"""Opening: files of every format become grids, guarded and in a process that may die alone."""
