"""The views of the community."""
