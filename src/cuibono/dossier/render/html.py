"""The page: one HTML file that needs nothing but itself."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from cuibono.dossier.render.bands import read_bands
from cuibono.dossier.render.cells import number_columns, split_label
from cuibono.dossier.render.charts import PANELS, chart_svg
from cuibono.dossier.render.lines import frame_of, name_source, not_covered
from cuibono.dossier.render.numbers import in_percent, say_interval, say_number, say_quantity
from cuibono.dossier.render.targets import describe_targets, name_item, name_point
from cuibono.dossier.render.visible import make_visible
from cuibono.model.dossier import Chart, Dossier

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# Cells of a table repeat: names, kinds and days.
KEPT = 2048
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_UNIT = re.compile(r"(?<=[\d\])]) (?=(?:%|dB)(?!\w))")
_COMMAND = re.compile(r"`([^`]+)`")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\^`{|}]+")


def link_to(name: str) -> str:
    """Give the address of an id on the same page.

    Parameters
    ----------
    name : str
        Any id.

    Returns
    -------
    str
        A fragment that every browser resolves to that id.

    Examples
    --------
    >>> link_to("share.rus-pak@2021-01-04"), link_to("50 %")
    ('#share.rus-pak@2021-01-04', '#50%20%25')
    """
    return "#" + quote(name, safe="@:/")


def is_address(text: str) -> bool:
    """Tell a web address that may become a link from any other text.

    Parameters
    ----------
    text : str
        Text of a span, or a value.

    Returns
    -------
    bool
        True for a whole http or https address; never for another scheme.
    """
    return _ADDRESS.fullmatch(text) is not None


@lru_cache(KEPT)
def keep_days(text: str) -> Markup:
    """Keep each ISO day, and each number with its unit, on one line; set commands as such.

    Parameters
    ----------
    text : str
        Anything.

    Returns
    -------
    Markup
        The text, escaped, with its days in elements that do not break, and what
        stands between backticks as code.

    Examples
    --------
    >>> str(keep_days("<b> 2021-09-01")), str(keep_days("run `ls`"))
    ('&lt;b&gt; <span class="day">2021-09-01</span>', 'run <code>ls</code>')
    """
    from markupsafe import Markup, escape

    plain = _UNIT.sub("\N{NO-BREAK SPACE}", str(escape(make_visible(text))))
    plain = _COMMAND.sub(r"<code>\g<1></code>", plain)
    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', plain))


def has_gaps(chart: Chart, dossier: Dossier) -> bool:
    """Tell whether a chart shows a span that nothing covers.

    Parameters
    ----------
    chart : Chart
        Any chart.
    dossier : Dossier
        Where its series are.

    Returns
    -------
    bool
        True where a shaded part needs its explanation; a fan shades none.
    """
    if chart.kind == "fan":
        return False
    drawn = [series for series in dossier.series if series.id in chart.series]
    units = {series.unit for series in drawn}
    groups = [[series for series in drawn if series.unit == unit] for unit in units]
    framed = [(group, frame) for group in groups if (frame := frame_of(group))]
    return any(not_covered(series, frame.span) for group, frame in framed for series in group)


def _finalize(value: object) -> object:
    return make_visible(value) if isinstance(value, str) else value


@cache
def page_environment() -> Environment:
    """Give the environment in which pages are written.

    Returns
    -------
    Environment
        Escapes every text, makes acting characters visible, and refuses names
        that a template does not get.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("cuibono.dossier.render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        link_to=link_to,
        in_percent=in_percent,
        name_source=name_source,
        is_address=is_address,
        keep_days=keep_days,
        has_gaps=has_gaps,
        number_columns=number_columns,
        name_item=name_item,
        name_point=name_point,
        read_bands=read_bands,
        say_interval=say_interval,
        split_label=split_label,
        say_number=say_number,
        say_quantity=say_quantity,
    )
    return environment


def draw_charts(dossier: Dossier) -> dict[str, tuple[Markup, ...]]:
    """Draw every chart: for the desk, and for the phone where that differs.

    Parameters
    ----------
    dossier : Dossier
        Any dossier.

    Returns
    -------
    dict of str to tuple of Markup
        One or two drawings by id of the chart.
    """
    from markupsafe import Markup

    charts = [chart for section in dossier.sections for chart in section.charts]
    return {
        chart.id: tuple(
            Markup(chart_svg(chart, dossier, narrow=narrow))
            for narrow in ((False,) if chart.kind in PANELS else (False, True))
        )
        for chart in charts
    }


def render_html(dossier: Dossier) -> str:
    """Write a dossier as one page.

    The page holds its style and its drawings, runs no script and asks
    nothing of any network; every number leads to its rows further down.

    Parameters
    ----------
    dossier : Dossier
        Any dossier.

    Returns
    -------
    str
        A whole HTML document; the same bytes each time.

    Raises
    ------
    TraceError
        If a text or chart refers to an id that the dossier does not have, or
        two numbers share one.
    """
    from markupsafe import Markup

    describe_targets(dossier)
    style = files("cuibono.dossier.render").joinpath("templates/page.css").read_text("utf-8")
    return (
        page_environment()
        .get_template("page.html.j2")
        .render(dossier=dossier, drawings=draw_charts(dossier), style=Markup(style))
    )
