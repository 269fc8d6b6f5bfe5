"""JSON Schemas for editors, made from the contract: the shapes, the context and the vocabulary."""
