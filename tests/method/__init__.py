"""Tests of the method: working time, workload, saturation, requirement, check-up."""
