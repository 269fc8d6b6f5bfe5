"""What edges and steps rest on, how many independent works stand behind it, and what falls with a reference.

Use `support.evidence` and `support.states`, `studies.count`, `impact.impact`, `routes.weakest`.
"""
