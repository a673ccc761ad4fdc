"""The Markdown twin says the same, and no text in it becomes markup."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.dossier.sample import EXPLANATIONS, HOSTILE, sample

from cuibono.dossier.render.markdown import escape_markdown, render_markdown, set_id
from cuibono.errors import TraceError
from cuibono.model.dossier import Span

DOSSIER = sample()
TEXT = render_markdown(DOSSIER)
READER = MarkdownIt("gfm-like", {"linkify": False})
lines = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40)
markup = st.text("*_`[]()<>#+-=.!|~&;$@:\\/ 12ab\n\t", max_size=30)


def parts_of(markdown: str) -> set[str]:
    """List the kinds of block and inline that a Markdown reader sees."""
    tokens = READER.parse(markdown)
    return {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or []
    }


def shown(markdown: str) -> str:
    """Give the text that a Markdown reader shows."""
    tokens = READER.parse(markdown)
    return "".join(c.content for t in tokens for c in t.children or [])


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "# a heading",
        "- a list",
        "1. a list",
        "1) a list",
        "> a quotation",
        "---",
        "===",
        "    code",
        "<!-- a comment -->",
        "[a]: http://evil.example",
        "~~~ code",
        "| a | b |\n| - | - |",
        "https://evil.example",
        "**bold** _it_ ~~s~~ `code` ![i](u)",
    ],
)
def test_a_text_stays_one_paragraph_of_text(text: str) -> None:
    parts = parts_of(escape_markdown(text))
    assert parts <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}


@given(markup | lines)
def test_no_text_becomes_markup(text: str) -> None:
    parts = parts_of(escape_markdown(text))
    assert parts <= {"paragraph_open", "inline", "paragraph_close", "text", "text_special"}


@given(markup)
def test_a_text_is_shown_as_it_was(text: str) -> None:
    assert shown(escape_markdown(text)) == " ".join(text.split())


def test_a_template_in_a_text_is_shown() -> None:
    assert "{{" not in escape_markdown("{{ 7*7 }}")


@pytest.mark.parametrize("name", ["weight.china-urging", "share.rus-pak@2021-01-04", "RUS→PAK"])
def test_a_plain_id_is_set_as_code(name: str) -> None:
    assert set_id(name) == f"`{name}`"


@pytest.mark.parametrize("name", ["a`b", "a|b", "<b>", "a\nb"])
def test_any_other_id_is_set_as_text(name: str) -> None:
    assert "code_inline" not in parts_of(set_id(name))


def test_the_answer_stands_first() -> None:
    assert TEXT.index("**Best supported.**") < TEXT.index("## ")


def test_every_section_has_its_heading() -> None:
    assert [s.title for s in DOSSIER.sections if f"## {s.title}\n" not in TEXT] == []


def test_every_table_is_a_table() -> None:
    tables = [token for token in READER.parse(TEXT) if token.type == "table_open"]
    # Three of the sections; figures, series, distributions; evidence; what it takes to run.
    assert len(tables) == 3 + 3 + 1 + 1


def test_a_quoted_number_has_a_note_that_names_its_id() -> None:
    assert "likely (58–86 %)[^1]" in TEXT
    assert "[^1]: `weight.punish-india`: " in TEXT


def test_every_note_is_written_once() -> None:
    notes = [line.split("]:")[0] for line in TEXT.splitlines() if line.startswith("[^")]
    assert len(notes) == len(set(notes)) > len(EXPLANATIONS)


def test_every_figure_stands_in_the_appendix() -> None:
    assert [f.id for f in DOSSIER.figures if f"| `{f.id}` |" not in TEXT] == []


def test_the_same_dossier_gives_the_same_text() -> None:
    assert render_markdown(sample()) == TEXT


def test_a_hostile_title_changes_nothing_but_the_title() -> None:
    hostile = render_markdown(replace(DOSSIER, title=HOSTILE, question=HOSTILE))
    assert parts_of(hostile) == parts_of(TEXT)


def test_a_reference_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(TraceError, match="nowhere"):
        render_markdown(replace(DOSSIER, answer=((Span("12 dB", "nowhere"),),)))
