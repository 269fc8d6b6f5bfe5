"""The Teach page's mode Present."""
