"""The line of a key, by hand and against what a TOML reader finds."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.made_case import TEXT, line_with
from tests.store.made_files import propose

from cuibono.record.locate import Place, line_of

PLACES: list[tuple[Place, str]] = [
    (("case",), "[case]"),
    (("case", "actor"), "actor ="),
    (("case", "compare", 0, 1), "compare ="),
    (("document",), "[[document]]"),
    (("document", 0, "published"), "published ="),
    (("explanation", 0, "prior", 1), "prior ="),
    (("explanation", 0, "prediction", 0, "driver"), "driver ="),
    (("explanation", 1), '[[explanation]]\nid = "gain"'),
    (("explanation", 1, "id"), 'id = "gain"'),
    (("explanation", 1, "prior"), '[[explanation]]\nid = "gain"'),
    (("evidence", 0, "likelihoods", "pressure", "if_false"), "if_false ="),
    (("evidence", 7, "id"), "[[evidence]]"),
]


@pytest.mark.parametrize(("place", "piece"), PLACES, ids=lambda x: str(x)[:40])
def test_a_key_is_found_where_it_stands(place: Place, piece: str) -> None:
    assert line_of(TEXT, place) == line_with(TEXT, piece)


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ("", ("case",), 1),
        ("a = 1", ("b",), 1),
        ("\n\na = 1", ("a",), 3),
        ("a.b = 1", ("a", "b"), 1),
        ("[a]\n[a.b]\nc = 1", ("a", "b", "c"), 3),
        ('["quoted"]\n"key" = 1', ("quoted", "key"), 2),
        ("[a]  # [b]\nx = 1\n[b] # c\nx = 2", ("b", "x"), 4),
        ('t = """\nb = 1\n"""\nb = 2', ("b",), 4),
        ("t = '''\n[b]\n'''\n[b]\nc = 1", ("b", "c"), 5),
        ('t = """one line"""\nb = 2', ("b",), 2),
        ("a = [\n  1,\n  2,\n]\nb = 2", ("b",), 5),
        ("a = 1\r\nb = 2\r\n", ("b",), 2),
        ('a = "\u2028"\nb = 2', ("b",), 2),
        ('a = "\x85\x0b"\nb = 2', ("b",), 2),
        ("[[x]]\n[[x.y]]\n[[x.y]]\nz = 1\n[[x]]\n[[x.y]]\nz = 2", ("x", 0, "y", 1, "z"), 4),
        ("[[x]]\n[[x.y]]\n[[x.y]]\nz = 1\n[[x]]\n[[x.y]]\nz = 2", ("x", 1, "y", 0, "z"), 7),
    ],
)
def test_a_line_is_counted_as_an_editor_counts_it(text: str, place: Place, line: int) -> None:
    assert line_of(text, place) == line


NAMES = st.lists(
    st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True), unique=True, max_size=6
)
TABLES = st.lists(NAMES, min_size=1, max_size=6)
FILLER = st.sampled_from(["", "# note", "   ", "# [[item]]", "# key = 1"])


@propose
@given(tables=TABLES, filler=st.lists(FILLER, min_size=1, max_size=5))
def test_every_key_is_found_on_the_line_it_was_written_on(
    tables: list[list[str]], filler: list[str]
) -> None:
    lines: list[str] = []
    expected: dict[Place, int] = {}
    for number, names in enumerate(tables):
        lines += [*filler, "[[item]]"]
        for name in names:
            lines += [*filler[:1], f"{name} = {len(lines)}"]
            expected["item", number, name] = len(lines)
    text = "\n".join(lines)
    assert len(tomllib.loads(text)["item"]) == len(tables)
    assert {place: line_of(text, place) for place in expected} == expected


@propose
@given(
    text=st.text(max_size=200),
    place=st.lists(st.text(max_size=5) | st.integers(0, 3), max_size=4),
)
def test_any_text_has_a_line_for_any_place(text: str, place: list[str | int]) -> None:
    assert 1 <= line_of(text, tuple(place)) <= text.count("\n") + 1
