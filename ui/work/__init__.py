"""Work: the open project, its jobs in the background, and what they read and write."""
