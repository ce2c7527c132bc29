"""The look: theme, icons, words and numbers as they are shown, and what the program remembers."""
