"""The hand-out as one HTML file that opens without network."""
