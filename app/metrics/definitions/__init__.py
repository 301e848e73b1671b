"""Metrics: what each figure counts (METRICS.md 3)."""
