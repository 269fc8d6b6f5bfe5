"""A guideline checked over all patients at once: what it leaves open, doubles, or contradicts."""
