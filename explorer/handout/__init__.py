"""The hand-out on paper: PDF and SVG from one source."""
