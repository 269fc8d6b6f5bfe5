"""What every page shares: the frame around it, the address, the guideline in hand, questions and undo."""
