"""One page about one patient: what was told, what is due and why, what is not, and on what it rests; as text, web page and PDF."""
