"""Working time: calendars of business hours with versions, and how much of a stretch of time is worked."""
