"""The Data page: everything to take away, and questions in SPARQL that only read."""
