"""A case: a question, a relation, competing explanations and what each predicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.audit import AddedValue, Claim, Goal
from cuibono.model.evidence import Absence, Document, Evidence
from cuibono.model.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What an explanation implies that data can show or refute.

    Attributes
    ----------
    lens : {"third_party"}
        The lens that looks.
    driver : DirectedDyad
        The third-party relation said to matter.
    sign : {-1, 1}
        1 where the focal relation should warm as the driver warms, -1 where
        it should warm as the driver cools.
    why : str
        How the mechanism leads to this, in a sentence.
    """

    lens: Literal["third_party"]
    driver: DirectedDyad
    sign: Literal[-1, 1]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What an explanation implies that another lens than third_party can show or refute.

    Attributes
    ----------
    lens : str
        The lens that looks: "linkage", "latency", "declared_done",
        "double_standard", "instruments", "path" or "turning_points".
    sign : {-1, 1}
        1 where what the lens measures should be more, harder or warmer, -1
        where less, softer or cooler.
    why : str
        How the mechanism leads to this, in a sentence.
    item : str
        Which of the things that the lens measures: a group of shocks, a means,
        a path, a level; empty where `relation` or `party` says it, or any will do.
    relation : DirectedDyad or None
        The relation that is answered.
    party : Actor or None
        The party that the recipient is held against, or that presses.
    windows : tuple of Period
        Days in one of which it should show; empty where any will do.
    """

    lens: str
    sign: Literal[-1, 1]
    why: str
    item: str = ""
    relation: DirectedDyad | None = None
    party: Actor | None = None
    windows: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One competing account of why the actor acts.

    Explanations may be at work together: each is weighed against its own
    absence, never against the sum of the others.

    Attributes
    ----------
    id, name : str
        Short id and readable name.
    mechanism : str
        How it would bring the behaviour about.
    nearest_rival : str
        Id of the explanation it is most easily mistaken for.
    discriminator : str
        The one observation that would separate it from that rival.
    prior : tuple of float
        Band (low, high) for the probability that it is at work, before the
        evidence; 0 < low <= high < 1.
    predictions : tuple of Prediction
        May be empty where no data at hand could show it.
    expectations : tuple of Expectation
        The same of other lenses.
    """

    id: str
    name: str
    mechanism: str
    nearest_rival: str
    discriminator: str
    prior: tuple[float, float] = (0.2, 0.5)
    predictions: tuple[Prediction, ...] = ()
    expectations: tuple[Expectation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Whom the focal actor says that it strikes.

    Attributes
    ----------
    target : Actor
        The declared target.
    document : str
        Id of the document that has the declaration.
    locator : str
        Where in it.
    """

    target: Actor
    document: str
    locator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """Something sudden that calls for an answer.

    Attributes
    ----------
    day : date
        When it happened.
    where : Actor
        Whom it struck.
    what : str
        What happened, in a few words.
    source : str
        Where to read of it.
    """

    day: date
    where: Actor
    what: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A path that is told: each relation is said to move after the one before it.

    Attributes
    ----------
    name, why : str
        What it is called, and how the mechanism runs.
    relations : tuple of DirectedDyad
        At least two; the threat first.
    signs : tuple of {-1, 1}
        For each step, whether the later relation warms or cools as the
        earlier one warms.
    """

    name: str
    why: str
    relations: tuple[DirectedDyad, ...]
    signs: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A question about a relation, as the case file states it.

    Attributes
    ----------
    name, title, question : str
        File-name-safe name, readable title, the question in a sentence.
    relation : DirectedDyad
        The focal relation.
    period : Period
        The days asked about.
    explanations : tuple of Explanation
        At least two.
    documents : tuple of Document
        What the evidence is drawn from.
    evidence : tuple of Evidence
        None where nothing has been judged yet; what was looked for and not
        found is among them.
    claims, goals, added_values : tuple
        What is audited beside the explanations; may be empty.
    absences : tuple of Absence
        What explanations should have left behind, looked for or not.
    judgement_files : mapping of str to str
        Files of further judges and their hashes.
    compare : tuple of DirectedDyad
        Other relations to show beside the focal one.
    declared : Declared or None
        Whom the actor says that it strikes; None where the case does not say.
    shocks : tuple of Shock
        By day; may be empty.
    chains : tuple of Chain
        Paths that are told, from a threat to what it is said to bring about.
    half_life_years : float
        How long a motive lasts: after so many years, half of what was learnt
        of it still holds. Infinite where it is taken never to change.
    context : str
        What a reader should know first; may be empty.
    path : str
        File the case was read from.
    sha256 : str
        Hash of that file: what was asked, before looking.
    """

    name: str
    title: str
    question: str
    relation: DirectedDyad
    period: Period
    explanations: tuple[Explanation, ...]
    documents: tuple[Document, ...]
    evidence: tuple[Evidence, ...]
    claims: tuple[Claim, ...] = ()
    goals: tuple[Goal, ...] = ()
    added_values: tuple[AddedValue, ...] = ()
    absences: tuple[Absence, ...] = ()
    judgement_files: Mapping[str, str] = field(default_factory=dict)
    compare: tuple[DirectedDyad, ...] = ()
    declared: Declared | None = None
    shocks: tuple[Shock, ...] = ()
    chains: tuple[Chain, ...] = ()
    half_life_years: float = 5.0
    context: str = ""
    path: str = ""
    sha256: str = ""

    @property
    def names(self) -> dict[str, str]:
        """Name every explanation.

        Returns
        -------
        dict of str to str
            Name by id, in the order of the case.
        """
        return {explanation.id: explanation.name for explanation in self.explanations}

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Every actor the case names.

        Returns
        -------
        tuple of Actor
            Focal actor and recipient first, then the others by id.
        """
        dyads = [self.relation, *self.compare]
        dyads += [p.driver for e in self.explanations for p in e.predictions]
        expected = [x for e in self.explanations for x in e.expectations]
        dyads += [x.relation for x in expected if x.relation]
        dyads += [relation for chain in self.chains for relation in chain.relations]
        named = {self.declared.target} if self.declared else set()
        named |= {shock.where for shock in self.shocks}
        named |= {x.party for x in expected if x.party}
        named |= {actor for dyad in dyads for actor in (dyad.actor, dyad.recipient)}
        focal = (self.relation.actor, self.relation.recipient)
        return focal + tuple(sorted(named - set(focal)))
