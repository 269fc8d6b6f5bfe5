"""The panels of the Pathway page: the walk, why and why not, what if, what is left open."""
