"""An imported guideline, written out and opened as any other."""

from edgewise.graph.importing.formats import import_text
from edgewise.graph.importing.writing import as_yaml
from edgewise.graph.library import load_content

TO_DO = {
    "question": "?", "publisher": "?", "updated": "2026-01-01", "reviewStatus": "pending", "audience": "?", "purpose": "education", "disclaimer": "?",
    "statements": [{"id": "statement-1", "kind": "criterion", "text": "?", "place": {"section": "?"}, "fingerprint": "sha256:" + "0" * 64}],
}


def opened(data, name="table.dmn"):
    imported = import_text(data, name)
    imported.sheet.pop("draft")
    imported.sheet.update(TO_DO)
    return load_content(as_yaml(imported, name).encode(), "guideline.yaml", "yaml").guideline
