"""Release notes: what changed for people from version to version, as CHANGELOG.md says it."""
