"""The page on which every row of the inputs is made, changed, copied, pasted and taken away."""
