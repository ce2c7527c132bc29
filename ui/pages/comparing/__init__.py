"""The page of scenarios and years: counties side by side, cell by cell."""
