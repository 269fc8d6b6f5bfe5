"""The Teach page's mode Set a case, and the links it gives out."""
