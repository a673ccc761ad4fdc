"""Origins are named by their items: short, linked, in the items' own words."""

from dataclasses import replace

import pytest
from tests.dossier.sections.reading import text

from cuibono.dossier.gather import Gathered
from cuibono.dossier.phrases import sentence
from cuibono.dossier.sections.origins import WORDS, cite_origins
from cuibono.model.case import Case
from cuibono.model.dossier import Span


@pytest.fixture
def case(gathered: Gathered) -> Case:
    return gathered.case


def test_an_origin_leads_to_each_of_its_items(case: Case) -> None:
    for origin in {item.origin for item in case.evidence}:
        parts = cite_origins(case, [origin])
        ids = [item.id for item in case.evidence if item.origin == origin]
        assert [part.ref for part in parts if isinstance(part, Span)] == [
            f"evidence.{one}" for one in ids
        ]
        assert text(sentence(*parts)) == "/".join(ids)


def test_opening_words_are_those_of_the_first_item_and_no_more(case: Case) -> None:
    item = replace(case.evidence[0], text="Word after word. " * 20, origin="long")
    told = text(sentence(*cite_origins(replace(case, evidence=(item,)), ["long"], quoted=True)))
    assert told.startswith(f"{item.id} “Word after word. Word")
    assert told.endswith(" …”")
    assert len(told) <= WORDS + len(f"{item.id} “”")


def test_opening_words_end_between_words(case: Case) -> None:
    long = "x" * (WORDS - 20)
    item = replace(
        case.evidence[0], text=f"{long} in January-February of a year", origin="long"
    )
    told = text(sentence(*cite_origins(replace(case, evidence=(item,)), ["long"], quoted=True)))
    assert told.endswith(f"{long} in …”")


def test_origins_are_parted(case: Case) -> None:
    first, second = list(dict.fromkeys(item.origin for item in case.evidence))[:2]
    told = text(sentence(*cite_origins(case, [first, second])))
    assert told.count("; ") == 1


def test_an_origin_without_an_item_keeps_its_name(case: Case) -> None:
    assert cite_origins(case, ["hearsay"], quoted=True) == ["hearsay"]
    assert cite_origins(case, []) == []
