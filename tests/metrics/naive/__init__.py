"""The definitions of METRICS.md once more, as slow and plain as they are written there.

Nothing here shares code with app/metrics or app/worktime: the whole ledger is asked anew for every
question, so that the two can only agree by both being right.
"""
