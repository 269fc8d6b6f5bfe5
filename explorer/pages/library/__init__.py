"""The Library page: guidelines as cards, search down to step and statement, one's own dropped in."""
