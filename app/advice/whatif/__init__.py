"""What if: other moves, people, duties, variants and years, each set against what is."""
