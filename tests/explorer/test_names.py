from __future__ import annotations

import sys
from importlib.metadata import packages_distributions

from tests.places import ROOT

EXPLORER = ROOT / "explorer"
OWN = {"ontology", "graph", "citations", "explorer"}


def test_no_file_of_the_explorer_bears_the_name_of_a_library() -> None:
    """`streamlit run` puts explorer/ first on sys.path: a file of such a name would stand in the library's place."""
    taken = set(sys.stdlib_module_names) | set(packages_distributions()) | OWN
    assert len(taken) > 200
    own = {path.stem for path in EXPLORER.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert not (own - {"__init__"}) & taken
