"""Years: people over several years, as a programme of its own with rules, goals and a check."""
