"""From a file to RDF to the pieces of a guideline, with the line of everything and every fault."""
