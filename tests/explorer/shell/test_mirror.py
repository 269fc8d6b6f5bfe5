from __future__ import annotations

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from edgewise.explorer.shell.mirror import mirror, moved

    def heard() -> None:
        st.session_state["calls"] = st.session_state.get("calls", 0) + 1
        st.session_state["said"] = moved("pick")

    mirror("pick", st.query_params.get("pick", "a"))
    st.selectbox("Pick", ["a", "b", "c"], key="pick", on_change=heard)
    st.text_input("Other", key="other", on_change=heard)


def test_a_widget_shows_what_the_address_says_whatever_was_chosen_before() -> None:
    at = AppTest.from_function(page, default_timeout=120).run()
    at.selectbox(key="pick").set_value("c")
    assert at.run().selectbox(key="pick").value == "a"
    at.query_params["pick"] = "b"
    assert at.run().selectbox(key="pick").value == "b"


def test_only_what_the_reader_changed_has_moved() -> None:
    at = AppTest.from_function(page, default_timeout=120).run()
    at.selectbox(key="pick").set_value("c")
    at.run()
    assert at.session_state["said"] is True
    at.text_input(key="other").set_value("x")  # a callback that is called though the mirror was not touched
    at.run()
    assert (at.session_state["calls"], at.session_state["said"]) == (2, False)
