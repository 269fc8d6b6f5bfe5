"""Cases to learn with: read, checked against the walk, written."""
