"""A site of plain pages: relative links, one style sheet, no scripts, nothing from elsewhere."""
