"""Metrics: the lists of a figure in words."""

WORDS = {
    "counted": "Counted",
    "waiting": "Still waiting",
    "without_reply": "Without a reply",
    "provisional": "May still change",
    "delivered": "Asked",
    "suppressed": "Not asked",
    "spam": "Left out: spam",
    "merged_away": "Left out: merged into another",
    "test_or_deleted": "Left out: deleted",
    "internal": "Left out: asked by staff",
    "imported_no_times": "Left out: imported without times",
    "agent_initiated": "Left out: opened by us",
    "closed_unanswered": "Left out: closed unanswered",
    "no_reply": "Left out: no reply",
    "unsettled": "Left out: not settled yet",
    "cancelled": "Left out: cancelled",
}
