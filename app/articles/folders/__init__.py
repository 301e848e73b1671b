"""Folders of articles in the browser: as a tree, made, described, put in order."""
