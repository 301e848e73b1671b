"""Metrics: from the ledger to what figures need to know of a ticket."""
