"""Whether what the first page needs is loaded: `edgewise explore` does it while the browser loads its own part.

The first page waits for it, since it needs all of it. Would it load the same modules meanwhile, Python might let both go on with halves of
modules that know each other, and the page would say that it has an error.
"""

from __future__ import annotations

from threading import Event

LONGEST = 60.0
"""Seconds for which a page waits."""
loaded = Event()
loaded.set()  # where nobody loads beforehand, as in `streamlit run`, the page does it itself
