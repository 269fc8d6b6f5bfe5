"""For all tests: hypothesis asserts no time, which says more about the machine's other work than about ours."""

from hypothesis import settings

settings.register_profile("edgewise", deadline=None)
settings.load_profile("edgewise")
