from __future__ import annotations

import tomllib
from collections.abc import Iterator

from streamlit import config

from edgewise.explorer.streamlit_options import OPTIONS
from tests.places import ROOT


def flat(table: dict[str, object], begin: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{begin}{name}.")
        else:
            yield begin + name, str(value).lower() if isinstance(value, bool) else str(value)


def test_the_file_for_streamlit_run_says_the_same_as_the_options_of_the_command() -> None:
    written = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert dict(flat(written)) == OPTIONS


def test_streamlit_knows_every_option() -> None:
    known = config.get_config_options()
    assert not [name for name in OPTIONS if name not in known]


def test_both_themes_are_named_and_none_is_the_base_so_that_the_reader_or_the_system_decides() -> None:
    themes = [{name.rpartition(".")[2] for name in OPTIONS if name.startswith(f"theme.{scheme}.")} for scheme in ("light", "dark")]
    assert themes[0] == themes[1] != set()
    assert "theme.base" not in OPTIONS
