"""The demo company: the desk that supports Hearth itself, twelve weeks of it, as written stories."""
