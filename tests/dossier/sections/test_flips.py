"""Every explanation that could come first has its row, and what it takes."""

from dataclasses import replace

from tests.dossier.sections.reading import all_refs, text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.numbers import Numbers
from cuibono.dossier.sections.flips import HOW, flips
from cuibono.model.weight import FlipPoint


def with_flips(gathered: Gathered, *found: FlipPoint) -> Gathered:
    return replace(gathered, weighing=replace(gathered.weighing, flips=found))


def test_each_challenger_has_a_row(gathered: Gathered, numbers: Numbers) -> None:
    (table,) = flips(gathered, numbers).tables
    names = {e.id: e.name for e in gathered.case.explanations}
    challengers = [names[weight.explanation] for weight in gathered.weighing.weights[1:]]
    assert [text(row[0]) for row in table.rows] == challengers


def test_each_flip_point_is_quoted_with_its_amount(
    gathered: Gathered, numbers: Numbers
) -> None:
    quoted = all_refs(flips(gathered, numbers))
    for flip in gathered.weighing.flips:
        name = f"flip.{flip.kind}.{flip.challenger}"
        assert name in quoted
        assert numbers.figures[name].value == flip.amount
    items = [name for name in quoted if name.startswith("evidence.")]
    assert len(quoted) - len(items) == len(gathered.weighing.flips)


def test_what_is_left_out_leads_to_its_items(gathered: Gathered, numbers: Numbers) -> None:
    quoted = all_refs(flips(gathered, numbers))
    removals = [f for f in gathered.weighing.flips if f.kind == "remove_origins"]
    out = {origin for flip in removals for origin in flip.origins}
    assert {name for name in quoted if name.startswith("evidence.")} == {
        f"evidence.{item.id}" for item in gathered.case.evidence if item.origin in out
    }


def test_where_nothing_was_found_the_cell_says_so(gathered: Gathered, numbers: Numbers) -> None:
    section = flips(with_flips(gathered), numbers)
    assert {text(cell) for row in section.tables[0].rows for cell in row[1:]} == {"none found"}
    assert numbers.figures == {}


def test_a_search_that_did_not_end_is_marked(gathered: Gathered, numbers: Numbers) -> None:
    leader, challenger = (w.explanation for w in gathered.weighing.weights[:2])
    flip = FlipPoint(
        kind="remove_origins", leader=leader, challenger=challenger, amount=2.0,
        unit="origins", origins=("a", "b"), certain=False, said="",
    )  # fmt: skip
    cells = flips(with_flips(gathered, flip), numbers).tables[0].rows[0]
    assert text(cells[1]) == "2 of them: a; b (fewer may do)"


def test_prior_odds_read_as_a_factor(gathered: Gathered, numbers: Numbers) -> None:
    leader, challenger = (w.explanation for w in gathered.weighing.weights[:2])
    flip = FlipPoint(
        kind="prior", leader=leader, challenger=challenger, amount=3.0,
        unit="dB", origins=(), certain=True, said="",
    )  # fmt: skip
    cells = flips(with_flips(gathered, flip), numbers).tables[0].rows[0]
    assert text(cells[list(HOW).index("prior") + 1]) == "× 2.0"


def test_a_dependence_reads_as_itself(gathered: Gathered, numbers: Numbers) -> None:
    leader, challenger = (w.explanation for w in gathered.weighing.weights[:2])
    flip = FlipPoint(
        kind="dependence", leader=leader, challenger=challenger, amount=1 / 3,
        unit="dependence", origins=(), certain=True, said="",
    )  # fmt: skip
    cells = flips(with_flips(gathered, flip), numbers).tables[0].rows[0]
    assert text(cells[list(HOW).index("dependence") + 1]) == "0.33"
