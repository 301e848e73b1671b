"""Search: documents in, references out.  It knows words and audiences, no people and no rooms."""
