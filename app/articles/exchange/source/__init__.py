"""What is to be imported, as bytes by path: from a folder, a zip or a single file."""
