"""Full-text search over many guidelines."""
