"""An imported guideline, written out and opened as any other."""

from edgewise.graph.importing.formats import import_text
from edgewise.graph.importing.writing import as_yaml
from edgewise.graph.library import load_content


def opened(data, name="table.dmn"):
    return load_content(as_yaml(import_text(data, name), name).encode(), "guideline.yaml", "yaml").guideline
