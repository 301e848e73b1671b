"""What the sender wrote now, without the history below it and the signature."""
