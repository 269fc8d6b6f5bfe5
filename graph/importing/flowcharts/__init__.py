"""What flow charts of every kind have in common: nodes, arrows, what an arrow asks, and how they become steps and edges."""
