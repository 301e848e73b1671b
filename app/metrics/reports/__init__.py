"""Metrics: figures made of samples, for machines and in words."""
