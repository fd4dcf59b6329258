"""Messages that help: suggestions and lists."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError, nearest, quoted, quoted_list


def test_a_slip_of_the_pen_gets_a_suggestion():
    assert nearest("smallworld", ["ring", "small-world"]) == ' (did you mean "small-world"?)'
    assert nearest("Mean Degree", ["mean_degree"]) == ' (did you mean "mean_degree"?)'


def test_nothing_alike_gets_no_suggestion():
    assert nearest("xyz", ["ring", "star"]) == ""
    assert nearest("ring", []) == ""
    assert nearest("r" * 10_000, ["ring"]) == ""


def test_lists_end_with_how_many_are_left_out():
    assert quoted_list(["a", "b"]) == '"a", "b"'
    assert quoted_list(range(15), limit=2) == '"0", "1" and 13 more'
    assert quoted_list([]) == ""


@given(st.text())
def test_quoted_text_is_short_printable_and_on_one_line(text):
    shown = quoted(text)
    assert shown.isprintable() and shown[0] == shown[-1] == '"'
    assert len(quoted("x" * 500)) == 62


def test_the_message_is_all_there_is():
    assert str(InputError("tolerance = 2 is above 1")) == "tolerance = 2 is above 1"
