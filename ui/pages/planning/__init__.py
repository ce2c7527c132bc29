"""The page of the plan: the run, its goals and measures, the verdicts, and what lies ahead."""
