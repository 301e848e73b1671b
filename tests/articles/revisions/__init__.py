"""Tests of the history of articles."""
