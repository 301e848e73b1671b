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
KINDS = {
    "ticket.created": "Ticket created",
    "ticket.imported": "Brought in from elsewhere",
    "ticket.deleted": "Deleted",
    "ticket.restored": "Restored",
    "status.changed": "Status changed",
    "reopen.dismissed": "Reopening taken back: just thanks",
    "spam.marked": "Marked as spam",
    "spam.unmarked": "No longer spam",
    "merged_into": "Merged into another ticket",
    "unmerged": "No longer merged",
    "split_to": "Messages split off",
    "message.received": "Message from the customer",
    "message.released": "Reply sent",
    "message.resent": "Reply sent again after it had come back",
    "message.cancelled": "Reply taken back",
    "reply.voided": "Reply came back as undeliverable",
    "contact.logged": "Call written down",
    "calendar.assigned": "Business hours changed",
    "survey.sent": "Asked for a rating",
    "survey.suppressed": "Not asked for a rating",
    "survey.answered": "Rating given",
    "survey.revised": "Rating changed",
    "assigned": "Assigned",
    "unassigned": "Given back",
    "team.changed": "Team changed",
    "priority.changed": "Priority changed",
    "queue.changed": "Queue changed",
    "type.changed": "Type changed",
    "field.changed": "Field changed",
    "tag.added": "Tag added",
    "tag.removed": "Tag removed",
}
"""The facts that figures know, in words."""
TERMS = {
    "Median": "The value in the middle: half of the cases took that long or less, half longer.",
    "9 in 10 within": "Nine of ten cases took that long or less; one of ten took longer.",
    "95% interval": (
        "Few cases leave much to chance: the true value lies between these two with a certainty "
        "of 95 in 100, and the more cases, the closer they are."
    ),
    "Mean": "All values added up and divided by their number: a few very long cases pull it far up, "
    "so the median comes first.",
    "Not enough data": "Fewer than five cases, of which a median or a share would say little.",
    "No clear change": "The difference is so small, or the cases so few, that it may be chance.",
    "Before": "As many days right before the ones that are shown.",
    "A year ago": "The same days 52 weeks earlier, so that a Monday meets a Monday.",
    "Still waiting": (
        "Nobody of ours has answered, or solved, it yet: the ticket is not in the median, so it "
        "is named beside it."
    ),
    "Kaplan–Meier estimate": "The share that is still unsolved after each stretch of time, when open tickets "
    "count with the time they have waited so far instead of being forgotten.",
    "Logarithmic scale": "Each step to the right multiplies the time, so that minutes and weeks fit into one "
    "picture.",
    "With those still waiting": (
        "The median by Kaplan and Meier, which counts open tickets with the time they have waited "
        "so far instead of forgetting them."
    ),
    "May still change": (
        "A solved ticket can come back for 7 days, a rating for 14: until then the figure is "
        "provisional, and hatched in charts."
    ),
    "Left out": "Tickets that do not belong into a figure, such as spam; the list behind the figure names "
    "each with the reason.",
    "Solved for good": "The last time the ticket was solved: one that came back counts to its end.",
    "First contact": "The customer did not have to write again after our first reply.",
    "Turn": "A stretch in which the customer waits for us: from their message to our next reply.",
    "Backlog": "Tickets that are not solved: new, open, waiting or on hold.",
    "All hours and business hours": (
        "All hours count day and night; business hours only the ones in which your team works, by "
        "the calendar of each ticket."
    ),
    "d, h, m": "Days of 24 hours, hours and minutes.",
}
"""The words of the page, a sentence each."""
