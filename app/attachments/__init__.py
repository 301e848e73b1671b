"""Files that people attach: taken in, kept by their content, handed out as downloads only."""
