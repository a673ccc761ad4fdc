"""A dossier of the size and shape that a real case gives, with invented numbers."""

import math
from dataclasses import replace
from datetime import date, timedelta

from cuibono.model.dossier import (
    Bar,
    Chart,
    Distribution,
    Dossier,
    Figure,
    Point,
    Section,
    Sentence,
    Series,
    Span,
    Table,
)
from cuibono.model.trace import Condition, Trace

HOSTILE = (
    "<script>alert(1)</script> {{ 7*7 }} {% raw %} <svg onload=alert(2)> \"'>"
    " [click](javascript:alert(3)) ![x](http://evil.example/p.png) **bold** `code`"
    " | cell &lt;b&gt; \u202egnp.exe \x00 # not a heading"
)

EXPLANATIONS = {
    "punish-india": "Punishing India's drift to Washington",
    "lesser-evil": "Afghanistan and the lesser evil, through the Taliban's sponsor",
    "china-urging": "China's urging",
    "estranged-from-washington": "Befriending whoever is estranged from Washington",
    "material-gains": "Material gains: arms and energy",
    "declared-purpose": "The declared purpose, taken at its word",
}
WEIGHTS = (
    (11.2, 5.1, 18.0, "likely (58–86 %)"),
    (9.4, 2.9, 15.8, "between roughly even and likely (46–79 %)"),
    (1.3, -4.0, 6.2, "between unlikely and roughly even (21–52 %)"),
    (0.4, -5.5, 5.9, "cannot be told (14–81 %)"),
    (-3.8, -9.7, 1.2, "unlikely (20–44 %)"),
    (-7.1, -13.6, -1.9, "very unlikely (6–19 %)"),
)
RELATIONS = (
    "RUS→PAK",
    "PAK→RUS",
    "RUS→IND",
    "IND→USA",
    "CHN→PAK",
    "USA→PAK",
    "RUS→AFG",
    "RUS→CHN",
)
CHANCE = "chance.rus-pak"
OUTLOOK = ("outlook.rus-pak.90", "outlook.rus-pak.50")
NAMES = {
    "RUS": "Russia",
    "PAK": "Pakistan",
    "IND": "India",
    "USA": "United States",
    "CHN": "China",
    "AFG": "Afghanistan",
}
DRIVERS = (
    ("china-pakistan", "China → Pakistan", 2.31),
    ("india-us", "India → United States", 1.47),
    ("us-pakistan", "United States → Pakistan", -0.62),
    ("russia-afghanistan", "Russia → Afghanistan", 2.24),
    ("russia-china", "Russia → China", 0.18),
    ("india-pakistan", "India → Pakistan", -1.35),
)


def say(*parts: str | tuple[str, str]) -> Sentence:
    """Build a sentence; a pair is (text, ref)."""
    return tuple(Span(part) if isinstance(part, str) else Span(*part) for part in parts)


def named(relation: str) -> str:
    actor, recipient = relation.split("→")
    return f"{NAMES[actor]} → {NAMES[recipient]}"


def of_events(relation: str) -> tuple[Trace, ...]:
    actor, recipient = relation.split("→")
    here = (Condition("actor", "=", actor), Condition("recipient", "=", recipient))
    return (
        Trace("events", "icews_2021", (*here, Condition("quad", "in", ("2", "4"))), 184),
        Trace("events", "icews_2021", (Condition("actor", "=", actor),), 91_402),
    )


def foretold(past: Series, name: str, reach: float) -> Series:
    """Four weeks after the last, in a band that widens."""
    last = past.points[-1]
    weeks = [last.end + timedelta(weeks=week) for week in range(4)]
    points = tuple(
        Point(
            week,
            week + timedelta(weeks=1),
            last.value,
            max(0.0, last.value - 0.001 * reach * number),
            last.value + 0.001 * reach * number,
            (0, 0),
        )
        for number, week in enumerate(weeks, 1)
    )
    return replace(past, id=name, label="to come", source="dated", level=reach, points=points)


def weekly(relation: str, size: float) -> Series:
    """Two covered spans of 35 weeks with the gap of September 2021 to January 2022."""
    points = []
    for year, first in ((2021, date(2021, 1, 4)), (2022, date(2022, 1, 3))):
        for week in range(35):
            start = first + timedelta(weeks=week)
            swing = math.sin(week / 5 + size * 4000) + 0.4 * math.cos(week * 1.7 + year)
            value = size * (1 + 0.35 * swing)
            spread = 0.25 * size
            end = start + timedelta(weeks=1)
            low = max(0.0, value - spread)
            points.append(Point(start, end, value, low, value + spread, (week % 9, 900)))
    return Series(
        id=f"share.{relation.lower().replace('→', '-')}",
        label=named(relation),
        unit="share of the actor's events",
        how="Material and verbal cooperation over all events of the actor, Jeffreys interval.",
        about=relation,
        source="icews_2021",
        level=0.9,
        points=tuple(points),
        traces=of_events(relation),
        day_column="day",
    )


def yearly(relation: str, level: float) -> Series:
    points = tuple(
        Point(
            date(year, 1, 1),
            date(year + 1, 1, 1),
            value := level + 0.07 * math.sin(year / 3 + level * 9),
            value - 0.04,
            value + 0.04,
            (70 + year % 13,),
        )
        for year in range(1992, 2020)
    )
    actor, recipient = relation.split("→")
    here = (Condition("actor", "=", actor), Condition("recipient", "=", recipient))
    return Series(
        id=f"votes.{relation.lower().replace('→', '-')}",
        label=named(relation),
        unit="share of votes on which the two agree",
        how="Roll calls on which both voted alike over roll calls on which both voted.",
        about=relation,
        source="un_votes",
        level=0.9,
        points=points,
        traces=(Trace("measures", "un_votes", here, 2_104),),
        day_column="start",
    )


def world() -> Distribution:
    """9,000 relations with scores near a normal curve, as a null world gives."""
    edges = tuple(round(-4 + 0.2 * i, 1) for i in range(46))
    heights = [math.exp(-((low + 0.1) ** 2) / 2) for low in edges[:-1]]
    counts = [round(9_000 * height / sum(heights)) for height in heights]
    counts[20] += 9_000 - sum(counts)
    counts[-1] = 1
    counts[20] -= 1
    return Distribution(
        id="world.rus-pak",
        label="Scores of all third-party relations as drivers of Russia → Pakistan",
        unit="z",
        how="Largest signed z over 6 declared lags for every visible relation.",
        edges=edges,
        counts=tuple(counts),
        threshold=2.26,
        traces=(Trace("events", "icews_2021", (), 1_204_311),),
    )


def figures() -> tuple[Figure, ...]:
    case = "russia-pakistan"
    weights = [
        Figure(
            f"weight.{name}",
            EXPLANATIONS[name],
            value,
            low,
            high,
            0.9,
            "dB",
            "Sum over origins of ten times the decimal logarithm of the likelihood ratio.",
            (Trace("evidence", case, (Condition("explanation", "=", name),), 17),),
            said,
        )
        for name, (value, low, high, said) in zip(EXPLANATIONS, WEIGHTS, strict=True)
    ]
    scores = [
        Figure(
            f"score.{name}",
            label,
            z,
            None,
            None,
            None,
            "z",
            "Largest signed z over 6 declared lags.",
            of_events("RUS→PAK"),
        )
        for name, label, z in DRIVERS
    ]
    places = [
        Figure(
            f"place.{name}",
            f"Place of {label} among its rivals",
            float(140 + 611 * i),
            None,
            None,
            None,
            "of 9,000 relations",
            "Rank of the score; 1 is the strongest.",
            of_events("RUS→PAK"),
        )
        for i, (name, label, _) in enumerate(DRIVERS)
    ]
    items = [
        Figure(
            f"item.E{i:02}",
            f"Weight of item E{i:02} for the leader",
            round(6 * math.sin(i), 1),
            round(6 * math.sin(i) - 2.5, 1),
            round(6 * math.sin(i) + 2.5, 1),
            0.9,
            "dB",
            "Ten times the decimal logarithm of the likelihood ratio.",
            (Trace("evidence", case, (Condition("id", "=", f"E{i:02}"),), 1),),
        )
        for i in range(1, 31)
    ]
    return (*weights, *scores, *places, *items)


def ledger() -> Table:
    rows = tuple(
        (
            say((f"E{i:02}", f"evidence.E{i:02}")),
            say(f"An observation of {1999 + i % 20}, told in the analyst's own words, no. {i}"),
            *(
                say((f"{6 * math.sin(i + j):+.1f}".replace("-", "−"), f"item.E{i:02}"))
                if (i + j) % 4
                else ()
                for j in range(6)
            ),
        )
        for i in range(1, 31)
    )
    return Table(("Item", "Observation", *EXPLANATIONS.values()), rows)


def ranking() -> Table:
    return Table(
        ("Third-party relation", "z", "Place of 9,000", "Verdict"),
        tuple(
            (
                say(label),
                say((f"{z:.2f}".replace("-", "−"), f"score.{name}")),
                say((f"{140 + 611 * i:,}", f"place.{name}")),
                say("stands out" if z > 2.26 else "no support in this source"),
            )
            for i, (name, label, z) in enumerate(DRIVERS)
        ),
    )


def coverage() -> Table:
    return Table(
        ("Source", "Covers", "Does not cover", "Citation"),
        (
            (
                say("ICEWS weekly"),
                say("January to August of 2021 and of 2022"),
                say("Everything before 2021; September to December 2021"),
                say("https://doi.org/10.7910/DVN/QI2T9A"),
            ),
            (
                say("UN roll calls"),
                say("1992 to 2019"),
                say("Votes after January 2020"),
                say("https://doi.org/10.7910/DVN/LEJUQZ"),
            ),
            (say("Arms below SIPRI's threshold"), (), say("All years"), ()),
        ),
    )


def covered() -> Chart:
    return Chart(
        "coverage",
        "coverage",
        "Events are known of sixteen months, votes of twenty-eight years",
        "Filled: covered. Grey: not covered, which is not zero.",
        (),
        bars=(
            Bar("ICEWS weekly: Russia, Pakistan", date(2021, 1, 1), date(2021, 9, 1)),
            Bar("ICEWS weekly: Russia, Pakistan", date(2022, 1, 1), date(2022, 9, 1)),
            Bar("UN roll calls: Russia, Pakistan", date(1992, 1, 1), date(2020, 1, 1)),
            Bar("SIPRI's register: Taliban", date(1992, 1, 1), date(1992, 1, 1)),
        ),
        frame=(date(1992, 1, 1), date(2022, 9, 1)),
    )


def evidence() -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "id": f"E{i:02}",
            "text": f"An observation of {1999 + i % 20}, told in the analyst's own words.",
            "day": f"{1999 + i % 20}-0{1 + i % 9}-15",
            "document": "essay-b",
            "locator": f"paragraph {i}",
            "holder": "Stephen Blank",
            **{
                f"bears on {name}": "0.4–0.7 against 0.2–0.5"
                for name in list(EXPLANATIONS)[: 2 + i % 4]
            },
        }
        for i in range(1, 31)
    )


def sections(series: tuple[Series, ...]) -> tuple[Section, ...]:
    events = tuple(one.id for one in series if one.source == "icews_2021")
    votes = tuple(one.id for one in series if one.source == "un_votes")
    weights = tuple(f"weight.{name}" for name in EXPLANATIONS)
    return (
        Section(
            id="explanations",
            title="What the evidence says of each explanation",
            lead=(
                say(
                    "Thirty items from twenty-two independent origins were judged. Punishing"
                    " India's drift gains ",
                    ("11.2 [5.1, 18.0] dB", "weight.punish-india"),
                    "; the declared purpose loses ",
                    ("7.1 [1.9, 13.6] dB", "weight.declared-purpose"),
                    ".",
                ),
                say("The first two are not told apart by this evidence; both may be at work."),
            ),
            charts=(
                Chart(
                    "weights",
                    "weights",
                    "Two explanations gain, one loses, three cannot be told",
                    "Weight of evidence with the band that the judgements leave open (90 %)."
                    " 10 dB is ten to one.",
                    weights,
                ),
            ),
        ),
        Section(
            id="record",
            title="The record of the relation",
            lead=(
                say(
                    "In the week of 4 January 2021, ",
                    ("0.62 %", "share.rus-pak@2021-01-04"),
                    " of what Russia did was cooperation with Pakistan.",
                ),
            ),
            charts=(
                Chart(
                    "events",
                    "lines",
                    "Russia's cooperation with Pakistan stays a fraction of that with India",
                    "Share of the actor's coded events by week, with 90 % interval.",
                    events,
                ),
                Chart(
                    "votes",
                    "lines",
                    "Moscow and Islamabad vote alike more often than Delhi and Washington",
                    "Share of General Assembly roll calls on which both voted alike, by year.",
                    votes,
                ),
                Chart(
                    "dates",
                    "dates",
                    "Russia to Pakistan may have changed in spring 2021",
                    "Above the level, below the probability that it changed.",
                    (events[0], CHANCE),
                    bars=(Bar(events[0], date(2021, 3, 1), date(2021, 4, 5)),),
                ),
                Chart(
                    "fan",
                    "fan",
                    "Russia to Pakistan is expected to stay where it is",
                    "Bands that hold the level nine times in ten, and half of the time.",
                    (events[0], *OUTLOOK),
                ),
            ),
        ),
        Section(
            id="world",
            title="Every other relation in the world as a rival",
            lead=(say("One of six predicted drivers reaches the best twentieth, barely."),),
            tables=(ranking(),),
            charts=(
                Chart(
                    "curve",
                    "curve",
                    "How soon Russia answers",
                    "Probability of an answer by each day, with 90 % intervals.",
                    tuple(f"score.{name}" for name, _, _ in DRIVERS[:2]),
                ),
                Chart(
                    "world",
                    "world",
                    "China → Pakistan stands where one unrelated relation in twenty would",
                    "All 9,000 relations scored by one rule; the predicted ones are named.",
                    tuple(f"score.{name}" for name, _, _ in DRIVERS),
                    "world.rus-pak",
                ),
            ),
        ),
        Section(id="ledger", title="The ledger", tables=(ledger(),)),
        Section(
            id="coverage",
            title="What is covered and what is not",
            tables=(coverage(),),
            charts=(covered(),),
        ),
    )


def sample() -> Dossier:
    """Build the whole dossier; every call gives an equal one."""
    level = weekly(RELATIONS[0], 0.005)
    series = (
        *(weekly(one, 0.005 + 0.0045 * i) for i, one in enumerate(RELATIONS)),
        *(yearly(one, 0.8 - 0.15 * i) for i, one in enumerate(RELATIONS[:4])),
        replace(level, id=CHANCE, label="probability of a change", source="dated"),
        *(
            foretold(level, name, reach)
            for name, reach in zip(OUTLOOK, (0.9, 0.5), strict=True)
        ),
    )
    return Dossier(
        name="russia-pakistan",
        title="Russia's turn to Pakistan",
        question="Why did Russia draw closer to Pakistan?",
        context="Moscow has been India's main arms supplier since Soviet days. An essay of"
        " early 2017 says Russia was moving to Islamabad and that nobody had documented why.",
        about="RUS→PAK",
        asked="January 1992 to August 2022",
        answer=(
            say(
                "Best supported: Punishing India's drift to Washington is ",
                ("likely (58–86 %)", "weight.punish-india"),
                " to be at work; Afghanistan and the lesser evil is ",
                ("between roughly even and likely (46–79 %)", "weight.lesser-evil"),
                ". This evidence does not tell the two apart.",
            ),
            say(
                "What would overturn it: without the origins essay-b and lavrov-2022, China's"
                " urging would stand above both; so would reporting bias of three to one."
            ),
            say(
                "Not covered: events of 2012–17, the essays' own years; votes after 2020;"
                " trade, pipelines and gas prices; arms below the size that SIPRI registers."
            ),
        ),
        sections=sections(series),
        figures=figures(),
        series=series,
        distributions=(world(),),
        evidence=evidence(),
        provenance={
            "command": "cuibono explain cases/russia-pakistan.toml",
            "cuibono": "0.1.0",
            "case sha256": "9f2c" * 16,
            "seed": "20170208",
            "data": "icews 2021-22, un_votes 2020-01, ideal_points 2019",
        },
    )
