"""Metrics: what is kept so that pages need not replay the ledger; all of it can be thrown away."""
