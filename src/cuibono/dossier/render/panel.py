"""A drawn panel: an SVG element with its text alternative, nothing that acts."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from html import escape
from typing import Any

from cuibono.dossier.render.theme import CONFIG, GRAMMAR, Spec
from cuibono.dossier.render.visible import make_visible

_INNER_ROLES = re.compile(r' (?:role|aria-[a-z]+|class|pointer-events)="[^"]*"')
_OPENING = re.compile(r"<svg [^>]*?(?P<size>width=[^>]*)>")


@dataclass(frozen=True, slots=True)
class Panel:
    """What is to be drawn, and the same in words.

    Attributes
    ----------
    spec : dict
        The drawing, in Vega-Lite.
    alternative : str
        What a reader who cannot see it is told.
    """

    spec: Spec
    alternative: str


def wrap(text: str, width: int, *, lines: int = 3) -> str:
    r"""Break a label into short lines.

    Parameters
    ----------
    text : str
        The label.
    width : int
        Characters a line can hold.
    lines : int, default 3
        Lines at most; what goes beyond is cut with an ellipsis.

    Returns
    -------
    str
        Lines joined by newlines.

    Examples
    --------
    >>> wrap("Afghanistan and the lesser evil", 20)
    'Afghanistan and the\nlesser evil'
    """
    return textwrap.fill(text, width, max_lines=lines, placeholder=" …")


def clean(value: Any) -> Any:
    """Make every text of a drawing visible: a NUL in one ends the converter's process.

    Parameters
    ----------
    value : object
        A specification, or a part of one.

    Returns
    -------
    object
        The same with acting characters shown as marks.
    """
    if isinstance(value, str):
        return make_visible(value)
    if isinstance(value, dict):
        return {key: clean(inner) for key, inner in value.items()}
    return [clean(inner) for inner in value] if isinstance(value, list) else value


def draw(panel: Panel) -> str:
    """Draw one panel.

    Parameters
    ----------
    panel : Panel
        What to draw.

    Returns
    -------
    str
        One `<svg>` element that refers to nothing outside itself.
    """
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(
        clean({**panel.spec, "config": CONFIG}), vl_version=GRAMMAR, allowed_base_urls=[]
    )
    # The drawing is one image with one description; its parts are not announced.
    bare = _INNER_ROLES.sub("", svg)
    label = escape(make_visible(panel.alternative))
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" '
    return _OPENING.sub(lambda found: f"{opening}{found['size']}>", bare, count=1)
