"""The mails that are made of notices: several about one thing at once, or a digest of everything."""
