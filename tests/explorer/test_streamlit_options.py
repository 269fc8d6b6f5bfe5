from __future__ import annotations

import tomllib

from streamlit import config

from edgewise.explorer.streamlit_options import OPTIONS
from tests.places import ROOT


def test_the_file_for_streamlit_run_says_the_same_as_the_options_of_the_command() -> None:
    written = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    flat = {f"{section}.{key}": value for section, keys in written.items() for key, value in keys.items()}
    assert {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in flat.items()} == OPTIONS


def test_streamlit_knows_every_option() -> None:
    known = config.get_config_options()
    assert not [name for name in OPTIONS if name not in known]
