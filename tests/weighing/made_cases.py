"""Cases made by hand and by Hypothesis, for every test of weighing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from cuibono.model.actor import Actor, DirectedDyad
from cuibono.model.case import Case, Explanation
from cuibono.model.evidence import Evidence, Likelihood
from cuibono.model.period import Period
from cuibono.weighing.rules import Rules

RUS, PAK = Actor("RUS", "Russia"), Actor("PAK", "Pakistan")

# Few draws and few examples: what these tests claim holds in every draw.
QUICK = Rules(n_draws=64)
PLAIN = Rules(n_draws=64, dependence=0, overconfidence=1, cluster_cap_db=1e6, total_cap_db=1e6)
propose = settings(max_examples=40, deadline=None, derandomize=True)


def judged(if_true: float, if_false: float) -> Likelihood:
    return Likelihood((if_true, if_true), (if_false, if_false), "as judged")


def item(
    name: str,
    likelihoods: Mapping[str, Likelihood],
    *,
    origin: str = "",
    cluster: str = "",
    day: date = date(2016, 7, 15),
) -> Evidence:
    return Evidence(
        id=name,
        text="what was seen",
        day=day,
        document="report",
        locator="par. 3",
        holder="a spokesman",
        origin=origin or f"origin-{name}",
        judge="an analyst",
        likelihoods=likelihoods,
        cluster=cluster,
    )


def explained(
    name: str,
    *,
    rival: str = "",
    discriminator: str = "",
    prior: tuple[float, float] = (0.5, 0.5),
) -> Explanation:
    return Explanation(
        id=name,
        name=name.capitalize(),
        mechanism="how it would work",
        nearest_rival=rival,
        discriminator=discriminator,
        prior=prior,
    )


def made(explanations: Sequence[str | Explanation], evidence: Sequence[Evidence]) -> Case:
    return Case(
        name="made",
        title="A made case",
        question="Why?",
        relation=DirectedDyad(RUS, PAK),
        period=Period(date(2010, 1, 1), date(2022, 1, 1)),
        explanations=tuple(explained(e) if isinstance(e, str) else e for e in explanations),
        documents=(),
        evidence=tuple(evidence),
        path="cases/made.toml",
    )


def without(case: Case, origins: Sequence[str]) -> Case:
    kept = tuple(item for item in case.evidence if item.origin not in origins)
    return replace(case, evidence=kept)


probabilities = st.integers(2, 98).map(lambda percent: percent / 100)
bands = st.tuples(probabilities, probabilities).map(lambda two: (min(two), max(two)))
likelihoods = st.builds(Likelihood, bands, bands, st.just("as judged"))
decibans = st.floats(-15, 15).map(lambda db: round(db, 3))


@st.composite
def cases(draw: st.DrawFn, least: int = 2, most_items: int = 6) -> Case:
    """Draw a case with blank cells, clusters and copies."""
    names = [f"h{j}" for j in range(draw(st.integers(least, 4)))]
    some_cells = st.dictionaries(st.sampled_from(names), likelihoods)
    evidence = [
        item(
            f"E{k}",
            draw(some_cells),
            origin=f"o{(origin := draw(st.integers(0, 5)))}",
            cluster="" if origin < 3 else f"c{origin % 2}",
        )
        for k in range(draw(st.integers(1, most_items)))
    ]
    return made([explained(name, prior=draw(bands)) for name in names], evidence)
