"""What the Pathway page says aloud when something has changed, and what its keys may ask for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.pages.pathway.walk_keys import KEYS, read
from tests.explorer.drawn_pages import drawn, opened

TO_BLOCKS = "radiographs~equivocal inflammatory-suspicion~no conservative-months~6 conservative-failed~yes"
EDGE = "cooled-rfa-to-si-joint-fusion"


def talk(at: AppTest) -> dict[str, Any]:
    """What is sent to the script that listens."""
    keys = next(one.proto for one in at.get("bidi_component") if one.proto.component_name == "edgewise_pages_pathway_walk_keys")
    return dict(json.loads(json.loads(keys.json)["talk"]))


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({}, "Now due: X-ray SI joints, X-ray spine; 1 question open."),
        ({"facts": "radiographs~equivocal"}, "One answer decides; 1 question open."),
        ({"facts": f"{TO_BLOCKS} block-relief~75~72"}, "The source does not say; "),
        ({"facts": TO_BLOCKS, "upto": "presentation"}, "Now due: X-ray SI joints, X-ray spine; held here in a replay."),
        ({"sel": "cooled-rfa"}, "Step: Cooled radiofrequency ablation of the sacral lateral branches."),
        ({"sel": EDGE}, "Edge: Cooled RFA, S1–S3 lateral branches → SI joint fusion, last resort. Evidence: broken marker."),
        ({"why": "si-joint-fusion"}, "Why, or why not?"),
        ({"gaps": "all"}, "What the source leaves open"),
    ],
)
def test_what_is_new_is_said_in_one_line(address: dict[str, str], said: str) -> None:
    assert talk(opened(**address))["say"].startswith(said)


def test_what_was_taken_back_is_said_once() -> None:
    at = opened(facts=TO_BLOCKS)
    at.button(key="Undo").click()
    assert talk(drawn(at))["say"].startswith("Taken back. Now due: ")
    assert not talk(drawn(at))["say"].startswith("Taken back.")


def test_a_slider_that_moves_is_no_other_view_and_a_changed_answer_is_another_patient() -> None:
    one, other = (talk(opened(vary=f"conservative-months~{months}")) for months in (2, 5))
    assert (one["view"], one["patient"]) == (other["view"], other["patient"])
    assert one["turn"] != other["turn"]
    assert talk(opened(facts=TO_BLOCKS))["patient"] != talk(opened())["patient"]


def test_the_arrow_keys_begin_where_the_patient_stands() -> None:
    assert talk(opened())["start"] == "xray-si-joints"
    assert talk(opened(facts=TO_BLOCKS))["start"] == "diagnostic-injections"


@pytest.mark.parametrize(
    "event",
    [
        None,
        "u",
        {},
        {"act": "undo"},
        {"act": "clear", "nonce": "1"},
        {"to": "nowhere", "nonce": "1"},
        {"to": ["a"], "nonce": "1"},
        {"to": "a", "nonce": 1},
    ],
)
def test_what_no_key_asks_for_is_not_heard(event: object) -> None:
    assert read(event, {"a"}) is None


def test_every_key_is_told_in_a_few_words() -> None:
    assert all(key and 5 < len(told) < 120 for key, told in KEYS)
