"""Metrics: everything that the metrics page shows, made for one wish."""
