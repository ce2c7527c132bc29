"""The page of evidence: grades, risks and the tornado."""
