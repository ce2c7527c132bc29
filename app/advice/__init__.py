"""Advice: from the matrix to a plan and from the plan to measures one can defend."""
