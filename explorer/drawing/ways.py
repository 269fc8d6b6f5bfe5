"""Which edges lead where in a scene, without a drawing: what arrow keys lead along while lanes are folded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache

from edgewise.explorer.drawing.scene import Scene


@lru_cache(maxsize=16)
def ways_text(scene: Scene) -> Mapping[str, str]:
    """Steps and edges of a scene as JSON text, and its hash.

    >>> ways_text(Scene())["scene"]
    '{"nodes": [], "edges": []}'
    """
    edges = [{"id": edge.id, "from": edge.source, "to": edge.target} for edge in scene.edges]
    text = json.dumps({"nodes": [{"id": node.id} for node in scene.nodes], "edges": edges})
    return {"scene": text, "hash": hashlib.sha256(text.encode()).hexdigest()[:16]}
