"""From a guideline's file to RDF, from RDF to its pathway, and what the pathway answers: the walk, why, gaps, cases, exports."""
