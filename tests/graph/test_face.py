"""The public face of `graph`: what it names is there, and naming it loads nothing yet."""

import subprocess
import sys

import pytest

import edgewise.graph as face
from tests.places import ROOT

SLOW = {"rdflib", "networkx", "pyshacl", "pyoxigraph", "yaml", "pint"}


def loaded_by(program):
    """Which of the libraries that load slowly a program has loaded when it ends."""
    asked = f"{program}\nimport sys; print(sorted({SLOW!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("name", face.__all__)
def test_every_name_is_what_its_own_module_defines(name):
    found = getattr(face, name)
    assert found.__name__ == name
    assert found.__module__.startswith("edgewise.graph.")
    assert found.__doc__


def test_the_typed_names_the_lazy_names_and_the_listed_names_are_the_same():
    assert sorted(face._ROOMS) == face.__all__ == sorted(face.__all__)
    assert set(face.__all__) <= set(dir(face))
    assert all(f"    {name} " in face.__doc__ for name in face.__all__)


def test_a_name_that_is_none_is_refused():
    with pytest.raises(AttributeError, match="has no attribute 'wander'"):
        _ = face.wander
    with pytest.raises(ImportError):
        exec("from edgewise.graph import wander", {})


def test_the_face_alone_loads_nothing():
    assert loaded_by("import edgewise.graph") == "[]"


GUIDELINE = """
from edgewise.graph import parse_facts, vary, walk, why
from edgewise.graph.model import Comparison, Guideline, Observable, Step, Transition
guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "",
    observables={"film": Observable("film", "Film", "Broken?", "yes-no")},
    steps={"x-ray": Step("x-ray", "Presentation", "X-ray", "", "p", yields=("film",)), "cast": Step("cast", "Treatment", "Cast", "", "p")},
    transitions={"b": Transition("b", "x-ray", "cast", "", "source", when=Comparison("c", "film", answer="yes"))})
facts = parse_facts({"film": "yes"}, guideline)
"""


@pytest.mark.parametrize(
    "asked",
    ["assert walk(guideline, facts).due == ('cast',)", "assert why(guideline, 'cast', {}).changes", "assert vary(guideline, {}, 'film')"],
)
def test_a_patient_is_walked_and_explained_without_the_libraries_that_read_and_draw_graphs(asked):
    assert loaded_by(GUIDELINE + asked) == "[]"
