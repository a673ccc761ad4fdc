"""The library of explanations: mechanisms of the discipline, as templates with roles."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal

PARTIES = ("actor", "recipient")


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionTemplate:
    """A prediction whose players are named by roles.

    Attributes
    ----------
    lens : str
        The lens that looks.
    driver : tuple of str
        Roles of the relation that moves first, acting and receiving; empty
        where the lens looks at something else.
    sign : {-1, 1}
        Whether the focal relation should warm as the driver warms or cools;
        of other lenses, whether what they measure should be more or less.
    why : str
        How the mechanism leads to this.
    item : str
        Which of the things that the lens measures.
    party : str
        Role of whom the recipient is held against.
    windows : {"", "leaders"}
        "leaders" where it should show within a year of a new leader.
    """

    lens: str
    driver: tuple[str, ...]
    sign: Literal[-1, 1]
    why: str
    item: str = ""
    party: str = ""
    windows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationTemplate:
    """A mechanism before it is known who plays which role.

    Attributes
    ----------
    id : str
        Short id.
    name, mechanism, discriminator : str
        With roles in braces.
    nearest_rival : str
        Id of another template.
    needs : tuple of str
        Roles without which the mechanism makes no sense.
    sources : tuple of str
        Where the discipline says so.
    predictions : tuple of PredictionTemplate
        May be empty.
    """

    id: str
    name: str
    mechanism: str
    discriminator: str
    nearest_rival: str
    needs: tuple[str, ...]
    sources: tuple[str, ...]
    predictions: tuple[PredictionTemplate, ...]

    def fill(self, names: Mapping[str, str]) -> tuple[str, str, str]:
        """Put the players into the words.

        Parameters
        ----------
        names : mapping of str to str
            Readable names by role.

        Returns
        -------
        tuple of str
            Name, mechanism and discriminator.

        Examples
        --------
        >>> urging = load_explanations()["patron-urging"]
        >>> names = {"actor": "Russia", "recipient": "Pakistan", "patron": "China"}
        >>> urging.fill(names)[0]
        "China's urging"
        """
        texts = (self.name, self.mechanism, self.discriminator)
        name, mechanism, discriminator = (text.format_map(dict(names)) for text in texts)
        return name, mechanism, discriminator

    @property
    def roles(self) -> frozenset[str]:
        """List the roles that its words name.

        Returns
        -------
        frozenset of str
            Parties to the focal relation left out.
        """
        texts = self.name + self.mechanism + self.discriminator
        named = {field for _, field, _, _ in Formatter().parse(texts) if field}
        return frozenset(named - set(PARTIES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What in one source shows that somebody plays a role.

    Attributes
    ----------
    source, table : str
        Provider and canonical table.
    column : str
        Column that the codes stand in.
    codes : tuple of str
        Its values that count.
    say : str
        What they are, in words.
    less : tuple of str
        Values that count against; may be empty.
    most : bool
        Whether the most counts, or the lowest mean.
    """

    source: str
    table: str
    column: str
    codes: tuple[str, ...]
    say: str
    less: tuple[str, ...] = ()
    most: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTemplate:
    """How the player of a role is found.

    Attributes
    ----------
    name : str
        The role.
    of : tuple of str
        Parties whose rows are read: "actor", "recipient" or both.
    join : {"sum", "least"}
        How two parties' rows count together.
    kind : str
        What sort of political actor plays it: "state" or "non_state".
    signs : tuple of Sign
        The first source that says anything decides.
    """

    name: str
    of: tuple[str, ...]
    join: Literal["sum", "least"]
    kind: str
    signs: tuple[Sign, ...]


@cache
def _library() -> dict[str, Any]:
    text = files("cuibono.vocab").joinpath("data/explanations.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def load_explanations() -> Mapping[str, ExplanationTemplate]:
    """Read the templates.

    Returns
    -------
    mapping of str to ExplanationTemplate
        By id, in the order of the library.
    """
    return {
        entry["id"]: ExplanationTemplate(
            id=entry["id"],
            name=entry["name"],
            mechanism=entry["mechanism"],
            discriminator=entry["discriminator"],
            nearest_rival=entry["nearest_rival"],
            needs=tuple(entry.get("needs", ())),
            sources=tuple(entry["sources"]),
            predictions=tuple(
                PredictionTemplate(
                    lens=p["lens"],
                    driver=tuple(p.get("driver", ())),
                    sign=p["sign"],
                    why=p["why"],
                    item=p.get("item", ""),
                    party=p.get("party", ""),
                    windows=p.get("windows", ""),
                )
                for p in entry.get("prediction", ())
            ),
        )
        for entry in _library()["explanation"]
    }


@cache
def load_roles() -> tuple[RoleTemplate, ...]:
    """Read how roles are found.

    Returns
    -------
    tuple of RoleTemplate
        In the order in which they are resolved; nobody plays two of them.
    """
    return tuple(
        RoleTemplate(
            name=entry["name"],
            of=tuple(entry["of"]),
            join=entry["join"],
            kind=entry["kind"],
            signs=tuple(
                Sign(
                    **{
                        **sign,
                        "codes": tuple(sign["codes"]),
                        "less": tuple(sign.get("less", ())),
                    }
                )
                for sign in entry["signs"]
            ),
        )
        for entry in _library()["role"]
    )
