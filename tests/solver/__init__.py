"""Tests of the solver: rules, goals, passes and an independent second formulation."""
