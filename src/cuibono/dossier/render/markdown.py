"""The Markdown twin: the same words and tables, for a repository or a wiki."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from cuibono.dossier.render.cells import number_columns, split_label
from cuibono.dossier.render.lines import name_source
from cuibono.dossier.render.numbers import in_percent, say_number, say_quantity
from cuibono.dossier.render.targets import describe_targets
from cuibono.dossier.render.visible import make_visible
from cuibono.model.dossier import Dossier, Sentence

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# What opens markup anywhere in a line (a colon and a full stop: only in an address).
_ANYWHERE = re.compile(r"([\\`*_\[\]<>{}|~&$#@]|:(?=\S)|(?<=\bwww)\.)", re.IGNORECASE)
# What opens a list, a quotation or an underlined heading at the start of a line.
_AT_START = re.compile(r"^(\s*)([-+](?=[\s+-]|$)|=(?=[\s=]*$)|\d+(?=[.)](?:\s|$)))")


def _escape_start(found: re.Match[str]) -> str:
    """Escape the mark itself; after a number, the full stop or bracket that follows."""
    space, mark = found.groups()
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"


def escape_markdown(text: str) -> str:
    r"""Write a text so that no Markdown reader takes any of it for markup.

    Parameters
    ----------
    text : str
        Anything.

    Returns
    -------
    str
        One line in which every character that could open a link, an image,
        HTML, a table cell, mathematics or a template is escaped.

    Examples
    --------
    >>> print(escape_markdown("<b>Kerry</b> | *said*, 15:30"))
    \<b\>Kerry\</b\> \| \*said\*, 15\:30
    """
    line = re.sub(r"\s+", " ", make_visible(text))
    return _AT_START.sub(_escape_start, _ANYWHERE.sub(r"\\\1", line))


def set_id(name: str) -> Markup:
    """Set an id in backticks, or as plain text where backticks would not hold it.

    Parameters
    ----------
    name : str
        Any id.

    Returns
    -------
    Markup
        Finished Markdown.
    """
    from markupsafe import Markup

    plain = re.fullmatch(r"[\w.@→/-]+(?: [\w.@→/-]+)*", name)
    return Markup(f"`{name}`" if plain else escape_markdown(name))


def _quoting(notes: dict[str, int]) -> Callable[[Sentence], Markup]:
    """Write sentences, numbering the ids in the order in which they are quoted."""
    from markupsafe import Markup

    def write(sentence: Sentence) -> Markup:
        """Write one sentence with its note marks."""
        parts = []
        for span in sentence:
            mark = f"[^{notes.setdefault(span.ref, len(notes) + 1)}]" if span.ref else ""
            parts.append(escape_markdown(span.text) + mark)
        return Markup("".join(parts).strip())

    return write


def _finalize(value: object) -> object:
    """Escape whatever a template prints, unless it is Markdown that we wrote."""
    from markupsafe import Markup

    return value if isinstance(value, Markup) else escape_markdown(str(value))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("cuibono.dossier.render"),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        set_id=set_id,
        number_columns=number_columns,
        in_percent=in_percent,
        name_source=name_source,
        split_label=split_label,
        say_number=say_number,
        say_quantity=say_quantity,
    )
    return environment


def render_markdown(dossier: Dossier) -> str:
    """Write a dossier as Markdown.

    Numbers carry footnotes that name their ids; charts are described, and the
    points of a series are left to the page and the JSON twin.

    Parameters
    ----------
    dossier : Dossier
        Any dossier.

    Returns
    -------
    str
        GitHub-flavoured Markdown; the same bytes each time.

    Raises
    ------
    TraceError
        If a text or chart refers to an id that the dossier does not have, or
        two numbers share one.
    """
    targets = describe_targets(dossier)
    notes: dict[str, int] = {}
    return (
        _environment()
        .get_template("page.md.j2")
        .render(dossier=dossier, targets=targets, notes=notes, sentence=_quoting(notes))
    )
