"""Where a walk goes on from once a loop has been entered again, instead of going round it once more in what is known of before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from edgewise.graph.durations import Duration


@dataclass(frozen=True, slots=True)
class Resuming:
    """Where a walk goes on from.

    Attributes:
        at: ids of the steps that it had come to, beside those at which every walk begins.
        again: those of them at which a loop was entered again.
        done: steps outside the loops that were done in a round before, although what they found out is asked anew.
        led_from: by step in `again`, the steps from which the walk came back to it.
        since: by the same, when these were done, counted from the beginning, where that is known.
    """

    at: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    led_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: Mapping[str, Duration] = field(default_factory=dict)
