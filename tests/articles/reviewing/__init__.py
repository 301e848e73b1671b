"""Tests of reviews, and of articles that are due."""
