"""Editors' verdicts on citations: append-only, chained, expiring when what was seen changes."""
