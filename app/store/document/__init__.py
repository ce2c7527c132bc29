"""The document on disk: saved in one move, locked, worked on as a copy, recovered after a crash."""
