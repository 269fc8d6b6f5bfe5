"""The Pathway page: the drawing, the walk, why and why not, what if, what is left open."""
