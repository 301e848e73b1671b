"""Reading mail: from the bytes that somebody sent to what they say; right on bad mail too."""
