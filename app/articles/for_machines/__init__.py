"""Articles for machines: a map of the site, a feed, the text itself, and what pages say of themselves."""
