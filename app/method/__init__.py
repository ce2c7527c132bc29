"""The method: duties, tasks, workload and headcount, computed exactly as the field defines them."""
