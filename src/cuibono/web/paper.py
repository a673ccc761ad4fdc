"""Pages written from templates, with the dossier's own look and care for hostile text."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote, urlencode

from jinja2 import ChoiceLoader, Environment, PackageLoader
from starlette.responses import HTMLResponse

from cuibono.dossier.naming import name_actors
from cuibono.dossier.render.html import page_environment
from cuibono.vocab.actors import load_actors


@cache
def _environment() -> Environment:
    dossier = page_environment()
    own = PackageLoader("cuibono.web")
    environment = dossier.overlay(loader=ChoiceLoader([own, *filter(None, [dossier.loader])]))
    environment.filters["named"] = name_actors
    environment.filters["segment"] = quote_segment
    environment.filters["query"] = write_query
    environment.globals.update(name_actor=name_actor, say_count=say_count)
    return environment


def name_actor(known: str) -> str:
    """Give the name of an actor, for whoever does not know its id.

    Parameters
    ----------
    known : str
        Id of an actor.

    Returns
    -------
    str
        Its name; the id where the registry has none.

    Examples
    --------
    >>> name_actor("TUR"), name_actor("nobody")
    ('Turkey', 'nobody')
    """
    actor = load_actors().get(known)
    return actor.name if actor else known


def say_count(number: int, one: str, many: str = "") -> str:
    """Write how many there are.

    Parameters
    ----------
    number : int
        How many.
    one : str
        What one is called.
    many : str, optional
        What several are called; with an s by default.

    Returns
    -------
    str
        With thousands apart.

    Examples
    --------
    >>> say_count(1, "row"), say_count(1905, "row"), say_count(0, "entry", "entries")
    ('1 row', '1,905 rows', '0 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def quote_segment(text: str) -> str:
    """Write a text as one segment of an address.

    Parameters
    ----------
    text : str
        Anything.

    Returns
    -------
    str
        Percent-encoded; holds no slash.

    Examples
    --------
    >>> quote_segment("Fall Ä/1")
    'Fall%20%C3%84%2F1'
    """
    return quote(text, safe="", errors="replace")


def write_query(asked: dict[str, object]) -> str:
    """Write what was asked as the query of an address, so that the address is the state.

    Parameters
    ----------
    asked : dict of str to object
        What was asked; what is empty is left out.

    Returns
    -------
    str
        Without the question mark.

    Examples
    --------
    >>> write_query({"actor": "RUS", "quad": "", "page": 2})
    'actor=RUS&page=2'
    """
    return urlencode({key: value for key, value in asked.items() if value not in ("", None)})


def write_page(template: str, status: int = 200, **shown: object) -> HTMLResponse:
    """Write a page.

    Parameters
    ----------
    template : str
        File name of the template.
    status : int, optional
        HTTP status.
    **shown : object
        What the template shows; every text in it is escaped.

    Returns
    -------
    HTMLResponse
        A whole page, or a part of one.
    """
    text = _environment().get_template(template).render(**shown)
    return HTMLResponse(text.encode("utf-8", "replace"), status)
