"""What articles link to and show: found when a text is made ready, kept beside it, asked for by pages."""
