"""The four-element check-up: one function per rule, each finding with its place and remedy."""
