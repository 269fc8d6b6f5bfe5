"""The environment variables that Edgewise reads, each named once."""

from __future__ import annotations

GUIDELINE = "EDGEWISE_GUIDELINE"
"""The guidelines to open, one a line, that to begin with first: each an id of the library, or the path of a folder or a file."""
LEDGER = "EDGEWISE_LEDGER"
"""The ledger to use where none is named: a file or a URL."""
CACHE = "EDGEWISE_CACHE"
"""The folder for what may be made again: answers of registries, guidelines as they were judged, drawings."""
MAILTO = "EDGEWISE_MAILTO"
"""The mail address that is sent to registries along with a question."""
NCBI_KEY = "NCBI_API_KEY"
"""NCBI's key; never an option, because other users of a machine see those."""
EDITORS = "EDGEWISE_EDITORS"
"""The e-mail addresses of those who may sign, where a login is set up; commas between them."""
DEBUG = "EDGEWISE_DEBUG"
"""With ``1``, a fault of Edgewise's own is shown with its traceback."""
