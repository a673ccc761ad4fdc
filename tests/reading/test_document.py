"""What of a text is prose, who wrote it and when."""

from datetime import date

import pytest

from cuibono.errors import DocumentError
from cuibono.reading.document import build_document, decode


def test_title_byline_and_dateline_are_no_prose() -> None:
    text = "# A Title\n\nBy [Ann Lee](#)\n\nJuly 18, 2016\n\nRussia attacked Georgia.\n"
    document = build_document(text)
    assert (document.title, document.author) == ("A Title", "Ann Lee")
    assert document.written == date(2016, 7, 18)
    assert [document.prose[a:b] for a, b in document.blocks] == ["Russia attacked Georgia."]


def test_markup_is_blank_and_nothing_moves() -> None:
    text = "Russia **attacked** [Georgia](http://example.org/a)."
    document = build_document(text)
    assert len(document.prose) == len(text)
    assert document.prose.split() == ["Russia", "attacked", "Georgia", "."]


def test_a_wire_dateline_gives_the_day() -> None:
    document = build_document("MOSCOW, July 18, 2016 (Reuters) - Russia attacked Georgia.")
    assert document.written == date(2016, 7, 18)


def test_an_undated_text_is_bounded_by_what_it_tells() -> None:
    document = build_document(
        "In December 2016 Russia convened talks.\nAccessed on 02.08. 2017"
    )
    assert document.bounds == (date(2016, 12, 1), date(2017, 8, 3))


@pytest.mark.parametrize("raw", [b"", b" \n\t ", b"PK\x00\x01\x02 binary"])
def test_what_is_no_text_is_refused_in_one_line(raw: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^note\.txt: ") as caught:
        decode(raw, "note.txt")
    assert "\n" not in str(caught.value)


def test_another_encoding_is_read_and_said() -> None:
    text, notes = decode("São Tomé – “quoted”".encode("cp1252"), "note.txt")
    assert text == "São Tomé – “quoted”"
    assert notes == ("not UTF-8 (byte 1); read as Windows-1252",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_names_the_encoding(encoding: str) -> None:
    assert decode("Россия".encode(encoding), "note.txt") == ("Россия", ())
