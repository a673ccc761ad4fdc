"""The shipped dossiers as a reader meets them: names, plain numbers, whole words."""

import re
from collections.abc import Iterator

import pytest

from cuibono.dossier.gather import Gathered
from cuibono.model.dossier import Dossier, Sentence

pytestmark = pytest.mark.with_lenses

CODE = re.compile(r"`[^`]*`")
RAW = {
    "ids of actors": re.compile(r"\b(non_state|igo|ngo|person):"),
    "names of sources": re.compile(r"\b(un_votes|ideal_points|ucdp_ged|declared_vs_done)\b"),
    "exponents": re.compile(r"\d\.?\d*e[+-]\d"),
    "plurals of one": re.compile(r"(?<![\d.,–])1 (weeks|months|years|days|events|episodes)\b"),
    "shares": re.compile(r"\d share of"),
    "first days of years": re.compile(r"year of \d{4}-01-01"),
}


@pytest.fixture(params=["dossier", "india"], ids=["russia-pakistan", "india-united-states"])
def shipped(request: pytest.FixtureRequest) -> Dossier:
    made: Dossier = request.getfixturevalue(request.param)
    return made


def read(sentence: Sentence) -> str:
    return "".join(span.text for span in sentence)


def lines_of(dossier: Dossier) -> Iterator[str]:
    """Give every line of what the lenses found, and the label of every number."""
    yield from map(read, dossier.answer)
    for section in dossier.sections:
        yield section.title
        yield read(section.answer)
        yield from map(read, section.lead)
        for table in section.tables:
            yield from (read(cell) for row in table.rows for cell in row)
        for chart in section.charts:
            yield from (chart.title, chart.caption)
    for figure in dossier.figures:
        yield from (figure.label, figure.said, figure.how)


@pytest.mark.parametrize("kind", RAW)
def test_no_line_is_raw(shipped: Dossier, kind: str) -> None:
    found = {line for line in lines_of(shipped) if RAW[kind].search(CODE.sub("", line))}
    assert sorted(found)[:5] == []


def test_no_two_charts_of_a_dossier_share_a_title(shipped: Dossier) -> None:
    titles = [chart.title for section in shipped.sections for chart in section.charts]
    assert sorted({title for title in titles if titles.count(title) > 1}) == []


def test_what_moves_together_is_said_to_only_beyond_chance(gathered: Gathered) -> None:
    same = [
        (one.verdict, one.estimate)
        for finding in gathered.findings
        if finding.lens == "third_party"
        for one in finding.measured
        if one.id.endswith(".together")
    ]
    said = {(verdict, e.low > 0, e.high < 0) for verdict, e in same if e}
    assert said <= {
        ("together", True, False),
        ("apart", False, True),
        ("not_together", False, False),
    }
    assert len(said) > 1
