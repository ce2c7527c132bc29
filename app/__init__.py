"""The subject matter: plan files, workbooks, the method, advice and reports; it knows no window."""

VERSION = "0.1.0"
"""The version, as in pyproject.toml."""
