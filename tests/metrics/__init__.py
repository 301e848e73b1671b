"""Metrics: the figures against METRICS.md, real history and a second implementation."""
