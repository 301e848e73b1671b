"""Metrics: figures as geometry and words.  Pure; templates only write them down."""
