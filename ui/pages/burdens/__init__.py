"""The page of burden: the ledger, its limits, and policies that cut it."""
