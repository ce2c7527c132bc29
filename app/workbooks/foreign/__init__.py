"""Tables that others made: found, mapped and turned into rows of the plan, shape by shape."""
