"""What one rerun costs the server, and how many it can do, as ratios against a bare st.button page in the same run.

    uv run python benchmarks/rerun.py [--rounds 30] [--sessions 50] [--seconds 15]

- rerun: from sending a click to the server's word that the script has ended, one session at a time; peers take turns;
- crowd: sessions that click once a second each (who has no answer yet waits for it): reruns a second, and how long the slowest 5 % took.

A click is one on an edge of the drawing, as a browser would send it: with the values of the widgets that it holds, and the hashes of the
messages that it keeps. No browser takes part. Aimed at are 1.4 at the most for a rerun, and 0.7 at the least for the crowd, against the
bare page as Streamlit runs it; `alike` is the same page with garbage collected as in ours, when it is due, not after every run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median, quantiles

from serving import BUTTON, edgewise, free_port, served, streamlit
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

EDGES = ("conservative-care-to-diagnostic-injections", "diagnostic-injections-to-cooled-rfa")
PATIENCE = 60.0
"""Seconds that an answer may take."""
KEPT = 2
"""Runs for which a browser keeps a message that no run has shown since."""


@dataclass(frozen=True)
class Held:
    """The value of a widget, the fragment it stands in, and the run that last showed it."""

    state: WidgetState
    fragment: str
    asked: int


@dataclass
class Session:
    """A browser, as far as the server can tell: what it was sent, and what it sends with a click."""

    socket: ClientConnection
    query: str = ""
    page: str = ""
    asked: int = 0
    runs: int = 0
    widgets: dict[str, Held] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What can be pressed: key or label → id and, if it stands in one, fragment."""
    messages: dict[str, int] = field(default_factory=dict)
    """Hash of what was sent and may be referred to → the run that last showed it."""

    async def rerun(self, pressed: WidgetState | None = None, fragment: str = "") -> float:
        """Seconds until the server says that the run it was asked for is over."""
        self.asked += 1
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash, asked.fragment_id = self.query, self.page, fragment
        asked.widget_states.widgets.extend([*(one.state for one in self.widgets.values()), *([pressed] if pressed else [])])
        asked.cached_message_hashes.extend(self.messages)
        asked.context_info.url = "http://127.0.0.1/"
        sent = message.SerializeToString()
        began = time.perf_counter()
        await self.socket.send(sent)
        async with asyncio.timeout(PATIENCE):
            while not self._take(ForwardMsg.FromString(_bytes(await self.socket.recv()))):
                pass
        took = time.perf_counter() - began
        self._forget(fragment)
        return took

    def _take(self, message: ForwardMsg) -> bool:
        """Note what a message says; whether it is the last of a run."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._see(message.delta.new_element, message.delta.fragment_id)
        if message.metadata.cacheable or kind == "ref_hash":
            self.messages[message.ref_hash or message.hash] = self.runs
        return kind == "script_finished"

    def _see(self, element: Element, fragment: str) -> None:
        if element.HasField("button"):
            self.places[element.button.label] = element.button.id, fragment
        elif element.HasField("bidi_component"):
            self.places[element.bidi_component.id.rpartition("-")[2]] = element.bidi_component.id, fragment
        elif element.HasField("selectbox"):
            box = element.selectbox
            self._hold(WidgetState(id=box.id, string_value=box.raw_value or None), fragment, said=box.set_value)
        elif element.HasField("button_group"):
            group, state = element.button_group, WidgetState(id=element.button_group.id)
            begun = [group.options[at].content for at in group.default]
            state.string_array_value.data.extend(group.raw_values if group.set_value else begun)
            self._hold(state, fragment, said=group.set_value)

    def _hold(self, state: WidgetState, fragment: str, *, said: bool) -> None:
        """Keep the value of a widget: its own, unless the server has said what it is to be."""
        known = self.widgets.get(state.id)
        self.widgets[state.id] = Held(state if said or not known else known.state, fragment, self.asked)

    def _forget(self, fragment: str) -> None:
        """Forget what the run that is over no longer shows."""
        self.runs += not fragment
        self.messages = {known: run for known, run in self.messages.items() if self.runs - run <= KEPT}
        self.widgets = {id: one for id, one in self.widgets.items() if one.asked == self.asked or (fragment and one.fragment != fragment)}

    async def press(self, label: str) -> float:
        """Press a native button."""
        id, fragment = self.places[label]
        return await self.rerun(WidgetState(id=id, trigger_value=True), fragment)

    async def tell(self, component: str, event: str, value: object) -> float:
        """Let a component of our own tell something."""
        id, fragment = self.places[component]
        told = json.dumps([{"event": event, "value": value}])
        return await self.rerun(WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{id}__events", json_trigger_value=told), fragment)


Click = Callable[[Session, int], Awaitable[float]]


def _bytes(received: str | bytes) -> bytes:
    return received if isinstance(received, bytes) else received.encode()


async def click_edge(session: Session, number: int) -> float:
    """A click on one edge, then on another."""
    return await session.tell("canvas", "click", {"kind": "edge", "id": EDGES[number % 2], "nonce": f"{number}"})


async def click_button(session: Session, number: int) -> float:  # noqa: ARG001  # each click is like the last
    """A click on the peer's button."""
    return await session.press("go")


async def opened(port: int) -> Session:
    """A session whose first page stands, the search for gaps that follows it included."""
    session = Session(await connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None))  # type: ignore[list-item]
    await session.rerun()
    if "canvas:rest" in session.places:
        await session.tell("canvas:rest", "rest", 1)
    return session


CLICKS: tuple[Click, ...] = (click_edge, click_button, click_button)
NAMES = ("edgewise", "streamlit", "alike")


async def in_turns(ports: Sequence[int], rounds: int) -> list[list[float]]:
    """Seconds of each click on ours and on the peers, one after the other."""
    sessions = [await opened(port) for port in ports]
    took: list[list[float]] = [[] for _ in ports]
    for number in range(rounds + 3):  # the first three warm up
        for times, session, click in zip(took, sessions, CLICKS, strict=True):
            times.append(await click(session, number))
            await asyncio.sleep(0.05)
    if EDGES[number % 2] not in sessions[0].query:
        raise SystemExit(f"the click was not heard: the address is {sessions[0].query!r}")
    for session in sessions:
        await session.socket.close()
    return [times[3:] for times in took]


async def crowd(port: int, sessions: int, seconds: float, click: Click) -> list[float]:
    """Seconds of every click that was answered in time, of many sessions that click once a second."""
    people = [await opened(port) for _ in range(sessions)]
    took: list[float] = []
    end = time.perf_counter() + seconds

    async def click_on(session: Session, delay: float) -> None:
        await asyncio.sleep(delay)
        for number in count():
            began = time.perf_counter()
            lasted = await click(session, number)
            if (now := time.perf_counter()) > end:
                return
            took.append(lasted)
            await asyncio.sleep(max(0.0, 1 - (now - began)))

    await asyncio.gather(*(click_on(session, number / sessions) for number, session in enumerate(people)))
    await asyncio.gather(*(session.socket.close() for session in people))
    return took


@contextmanager
def peers() -> Iterator[tuple[int, int, int]]:
    """Ours, the bare page as Streamlit runs it, and the same page with our settings, each at its port."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = folder / "bare.py"
        bare.write_text(BUTTON, encoding="utf-8")
        port, other, alike = free_port(), free_port(), free_port()
        with (
            served(edgewise(port), port),
            served(streamlit(bare, other), other, folder),
            served(streamlit(bare, alike, alike=True), alike, folder),
        ):
            yield port, other, alike


def main() -> None:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=15)
    wanted = parser.parse_args()
    with peers() as ports:
        _tell_rerun(*asyncio.run(in_turns(ports, wanted.rounds)))
        if wanted.sessions:
            _tell_crowd(
                wanted.seconds,
                *(asyncio.run(crowd(at, wanted.sessions, wanted.seconds, click)) for at, click in zip(ports, CLICKS, strict=True)),
            )


def _tell_rerun(*times: list[float]) -> None:
    ours, theirs, alike = (median(one) for one in times)
    told = {f"{name}_ms": round(took * 1000, 1) for name, took in zip(NAMES, (ours, theirs, alike), strict=True)}
    print(json.dumps({"what": "rerun", **told, "ratio": round(ours / theirs, 2), "ratio_alike": round(ours / alike, 2)}))


def _tell_crowd(seconds: float, *times: list[float]) -> None:
    told: dict[str, object] = {"what": "crowd"}
    for name, took in zip(NAMES, times, strict=True):
        told[f"{name}_per_s"] = round(len(took) / seconds, 1)
        told[f"{name}_p95_ms"] = round(quantiles(took, n=20)[-1] * 1000)
    ours, theirs, alike = (len(took) for took in times)
    print(json.dumps({**told, "ratio": round(ours / theirs, 2), "ratio_alike": round(ours / alike, 2)}))


if __name__ == "__main__":
    main()
