"""Where tests find what they read."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
SHARED = ROOT.parent / "shared"
"""What lies beside a developer's checkout and nowhere else: whoever reads there says so and skips where it is missing."""
