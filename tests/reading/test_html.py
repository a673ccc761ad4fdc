"""A page becomes its prose: nothing runs, nothing is fetched, nothing hidden is read."""

import socket
from pathlib import Path

import pytest

from cuibono.errors import DocumentError
from cuibono.reading.files import open_document
from cuibono.reading.html import parse_html

PROSE = "Russia attacked Georgia on Monday."


@pytest.mark.parametrize(
    "around",
    [
        "<script>document.write('Iran bombed Iraq')</script>",
        "<style>p:after {content: 'Iran bombed Iraq'}</style>",
        "<svg><text>Iran bombed Iraq</text></svg>",
        "<math><mtext>Iran bombed Iraq</mtext></math>",
        "<nav><a href='/'>Iran bombed Iraq</a></nav>",
        "<p hidden>Iran bombed Iraq</p>",
        "<p style='display: none'>Iran bombed Iraq</p>",
        "<div aria-hidden='true'>Iran bombed Iraq</div>",
        "<iframe srcdoc='Iran bombed Iraq'>Iran bombed Iraq</iframe>",
        "<template><p>Iran bombed Iraq</p></template>",
        "<!-- Iran bombed Iraq -->",
        "<img src='https://example.org/pixel.gif' alt='Iran bombed Iraq' onerror='alert(1)'>",
        "<p><a href='javascript:alert(1)'>Iran bombed Iraq, and more</a></p>",
        "<meta http-equiv='refresh' content='0; url=https://example.org'>",
        "<base href='https://example.org'>",
        "<form><label>Iran bombed Iraq</label></form>",
    ],
)
def test_what_is_no_prose_is_left_out(around: str) -> None:
    page = parse_html(f"<html><body>{around}<p>{PROSE}</p>{around}</body></html>")
    assert page.paragraphs == [PROSE]


def test_entities_and_inline_markup_are_read_through() -> None:
    page = parse_html("<p>Russia&nbsp;<b>attacked</b> <i>Georgia</i>&#46;</p>")
    assert page.paragraphs == ["Russia attacked Georgia."]


def test_the_head_gives_title_author_and_day() -> None:
    page = parse_html(
        "<title>A title</title><meta name=author content='Ann Lee'>"
        "<meta property='article:published_time' content='2016-07-18T09:00:00Z'>"
    )
    assert (page.title, page.author, page.published) == ("A title", "Ann Lee", "2016-07-18")


def test_a_page_is_read_as_a_document(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<title>T</title><script>x</script><p>{PROSE}</p>", "utf-8")
    document = open_document(path)
    assert [document.prose[a:b] for a, b in document.blocks] == [PROSE]
    assert document.skipped == ("1 x <script>",)


def test_a_page_without_prose_is_said_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<script>x</script>", "utf-8")
    with pytest.raises(DocumentError, match="no prose"):
        open_document(tmp_path / "page.html")


def test_a_hundred_thousand_elements_deep_is_no_trouble() -> None:
    assert parse_html("<div>" * 100_000 + PROSE + "</div>" * 100_000).paragraphs == [PROSE]


def test_unclosed_silence_does_not_swallow_the_page() -> None:
    page = parse_html(f"<nav><p>menu</nav><p>{PROSE}</p>")
    assert page.paragraphs == [PROSE]


def test_nothing_is_asked_of_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    path = tmp_path / "page.html"
    path.write_text(
        "<!DOCTYPE html SYSTEM 'http://example.org/x.dtd'><link rel=stylesheet"
        f" href='http://example.org/a.css'><img src='http://example.org/a.png'><p>{PROSE}</p>",
        "utf-8",
    )
    assert PROSE in open_document(path).text
