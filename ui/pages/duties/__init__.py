"""The page of duties and tasks: the tree of the lists, and the fields of what is selected."""
