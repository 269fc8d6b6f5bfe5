"""FEEL as decision tables use it: what is read, and where what is not read stands."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.importing.dmn.expressions import (
    Against,
    Called,
    Chosen,
    Compared,
    Interval,
    Joined,
    Listed,
    Name,
    Negated,
    Null,
    Number,
    Reckoned,
    Subject,
    Text,
    Timed,
    Truth,
    Within,
)
from edgewise.graph.importing.dmn.feel import Feel, Unparsed
from edgewise.graph.importing.dmn.telling import told


def number(text):
    return Number(Decimal(text))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("< 18", Against("<", number("18"))),
        (">=-1.50", Against(">=", number("-1.50"))),
        ("!= null", Against("!=", Null())),
        ("5e-3", number("0.005")),
        (".5", number("0.5")),
        ('"a, \\"b\\" \\u00e4"', Text('a, "b" ä')),
        ("true", Truth(True)),
        ("[1..5]", Interval(number("1"), number("5"), True, True)),
        ("]1..5[", Interval(number("1"), number("5"), False, False)),
        ("(1 .. 5)", Interval(number("1"), number("5"), False, False)),
        ("[1..5)", Interval(number("1"), number("5"), True, False)),
        ('"a","b"', Listed((Text("a"), Text("b")))),
        ("< 1, [2..3], 7", Listed((Against("<", number("1")), Interval(number("2"), number("3"), True, True), number("7")))),
        ('not("a", "b")', Negated(Listed((Text("a"), Text("b"))))),
        ("not(< 5)", Negated(Against("<", number("5")))),
        ('duration("P10D")', Timed("P10D")),
        ('@"PT4H"', Timed("PT4H")),
        ('date("2020-01-01")', Timed("2020-01-01")),
        ("? > 5 and ? < 7", Joined("and", (Compared(">", Subject(), number("5")), Compared("<", Subject(), number("7"))))),
        ("a.b = 1 or c", Joined("or", (Compared("=", Name(("a", "b")), number("1")), Name(("c",))))),
        ("x between 1 and 5", Within(Name(("x",)), Interval(number("1"), number("5"), True, True))),
        ("x in (1, 2)", Within(Name(("x",)), Listed((number("1"), number("2"))))),
        ("x in [1..5[", Within(Name(("x",)), Interval(number("1"), number("5"), True, False))),
        ("if a then 1 else 2", Chosen(Name(("a",)), number("1"), number("2"))),
        ("2 * Years  of\nService - 1", Reckoned("-", Reckoned("*", number("2"), Name(("Years of Service",))), number("1"))),
        ("list contains([1, 2], ?)", Called("list contains", (Listed((number("1"), number("2"))), Subject()))),
        ("android < 3 // a comment", Compared("<", Name(("android",)), number("3"))),
    ],
)
def test_what_stands_in_cells_and_expressions_is_read(text, read):
    assert Feel(["Years of Service", "Age"]).parsed(text) == read


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("< ", 1, "It ends where more was expected."),
        ("1,\n2,\n3 4", 3, "What stands at “4” is not read."),
        ("some x in y satisfies x > 1", 1, "What stands at “x” is not read."),
        ("[1, 2][1]", 1, "What stands at “[” is not read."),
        ('"open', 1, 'What stands at “"” is not read.'),
        ("(" * 60 + "1" + ")" * 59, 1, "It ends where more was expected."),
        ("1 + " * 60 + "1", 1, "It is nested more than 40 deep."),
        ("x" * 5001, 1, "It is longer than 5000 characters."),
        ("1e99999", 1, "The number is larger or smaller than any that is read."),
    ],
)
def test_what_is_not_read_is_named_with_its_place(text, line, why):
    with pytest.raises(Unparsed) as caught:
        Feel().parsed(text)
    assert (caught.value.line, caught.value.why) == (line, why)


@given(st.text(alphabet='0123456789.,<>=!-+*/()[]?"@ \nabnotindr_é\\', max_size=40))
def test_any_text_is_read_or_refused(text):
    parser = Feel(["a b", "in", "(", "not"])
    try:
        found = parser.parsed(text)
    except Unparsed as error:
        assert error.line >= 1
        assert error.why
    else:
        assert told(found) is not None


@pytest.mark.parametrize(
    "text", ['if a then "b" else 1.5', "not(a > 1 or (b and c))", "x in (1, 2)", "2 * (a + 1)", '@"P1D"', "[1..5)", "f(1, ?)"]
)
def test_an_expression_that_is_written_out_is_the_same_when_it_is_read_again(text):
    parser = Feel()
    assert parser.parsed(told(parser.parsed(text))) == parser.parsed(text)
