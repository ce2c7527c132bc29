"""The subject matter: plan files, workbooks, the method, advice and reports; it knows no window."""
