"""A guideline as text again: Turtle, JSON-LD, N-Quads, TriG."""
