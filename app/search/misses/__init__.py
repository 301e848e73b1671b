"""Searches that found nothing, counted by day and words, without anything about who searched."""
