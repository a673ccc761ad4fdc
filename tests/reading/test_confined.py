"""PDF and DOCX are read within limits, and what passes them ends as one line."""

import zipfile
from pathlib import Path

import pytest
from tests.reading.made_files import NAMESPACE, PARAGRAPH, docx, pdf, zipped

from cuibono.errors import DocumentError
from cuibono.reading import confined
from cuibono.reading.docx import extract_docx
from cuibono.reading.files import open_document

SENTENCE = "Russia attacked Georgia."


def test_a_word_document_is_read(tmp_path: Path) -> None:
    document = open_document(docx(tmp_path / "note.docx", SENTENCE, "Iran bombed Iraq."))
    prose = [document.prose[a:b] for a, b in document.blocks]
    assert prose == [SENTENCE, "Iran bombed Iraq."]


def test_a_pdf_is_read(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    document = open_document(pdf(tmp_path / "note.pdf", SENTENCE))
    assert SENTENCE in document.text


@pytest.mark.parametrize("name", ["note.pdf", "note.docx"])
def test_a_damaged_file_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.4 nothing of the kind \x00\x01" * 40)
    with pytest.raises(DocumentError, match=name) as caught:
        open_document(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_entities_are_refused_before_they_are_declared(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(DocumentError, match="declares a document type"):
        open_document(docx(tmp_path / "note.docx", "&b;", before=laughs))


def test_an_outside_entity_is_refused(tmp_path: Path) -> None:
    outside = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(DocumentError, match="declares a document type"):
        open_document(docx(tmp_path / "note.docx", "&a;", before=outside))


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    body = b"<a>" * 100_000
    with pytest.raises(DocumentError, match="nested more than 500 deep"):
        open_document(zipped(tmp_path / "note.docx", body))


def test_a_bomb_is_stopped_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cuibono.reading.docx.MOST_UNPACKED", 1_000_000)
    text = PARAGRAPH.format("ha" * 1_000_000).encode()
    path = zipped(tmp_path / "note.docx", f"<w:d {NAMESPACE}>".encode() + text + b"</w:d>")
    assert path.stat().st_size < 10_000
    with pytest.raises(DocumentError, match="unpacks to more than 1,000,000 bytes"):
        extract_docx(path, 1_000)


def test_a_long_document_is_cut_off(tmp_path: Path) -> None:
    path = docx(tmp_path / "note.docx", "word " * 1_000)
    assert len(extract_docx(path, 100).strip()) <= 100


def test_a_child_that_asks_for_too_much_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confined, "MEMORY_BYTES", 8_000_000)
    with pytest.raises(DocumentError, match=r"note\.docx: "):
        open_document(docx(tmp_path / "note.docx", SENTENCE))


def test_another_archive_is_no_document(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "note.docx", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(DocumentError, match="not a DOCX file"):
        open_document(tmp_path / "note.docx")
