"""Pages: what reports say, and how it is set for print and for Word."""
