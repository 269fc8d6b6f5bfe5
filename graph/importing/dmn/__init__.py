"""DMN 1.1 to 1.5: decision tables and the requirements between them as a pathway."""
