"""The search: points and proven bounds for each goal, from units, prices and passes."""
