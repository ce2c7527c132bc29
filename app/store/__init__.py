"""The plan file: one SQLite document with its history, its lock and its recovery."""
