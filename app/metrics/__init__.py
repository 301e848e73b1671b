"""Metrics: figures of the desk that anybody can recompute from the ledger (METRICS.md)."""
