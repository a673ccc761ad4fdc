"""Run a small case from its file to its dossier."""

from html import unescape
from pathlib import Path

from tests.dossier.small_case import write_case

from cuibono.dossier.compose import compose
from cuibono.dossier.gather import Gathered, gather
from cuibono.dossier.render.html import render_html
from cuibono.dossier.render.json import from_json, to_json
from cuibono.dossier.render.markdown import render_markdown
from cuibono.model.dossier import Dossier, Section
from cuibono.record.case_file import read_case
from cuibono.store.store import Store


def gathered_from(folder: Path, text: str, store: Store) -> Gathered:
    return gather(read_case(write_case(folder, text)), store)


def dossier_from(folder: Path, text: str, store: Store) -> Dossier:
    return compose(gathered_from(folder, text, store))


def section(dossier: Dossier, name: str) -> Section:
    (found,) = (one for one in dossier.sections if one.id == name)
    return found


def words(dossier: Dossier, name: str) -> str:
    """Give the text of a section, paragraphs and tables alike."""
    found = section(dossier, name)
    cells = [cell for table in found.tables for row in table.rows for cell in row]
    return "\n".join("".join(span.text for span in line) for line in (*found.lead, *cells))


def assert_readable(dossier: Dossier) -> None:
    """Render all three files and read the JSON back: no link leads nowhere, no blank stays."""
    assert from_json(to_json(dossier)) == dossier
    assert "nan" not in render_markdown(dossier).lower().split()
    assert dossier.title in unescape(render_html(dossier))
