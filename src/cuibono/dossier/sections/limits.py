"""What this dossier cannot know, and where everything in it comes from."""

from __future__ import annotations

from cuibono.dossier.gather import Gathered
from cuibono.dossier.phrases import sentence
from cuibono.model.dossier import Section, Table
from cuibono.sources.base import read_card

GENERAL = (
    "Probabilities follow from likelihoods that named judges gave; another judge may differ."
    " Every band is in the case file and can be changed.",
    "Event counts show what was reported, by machine coding that is often wrong in single rows."
    " No row is evidence of a fact.",
    "A rank in the world says how unusual a co-movement is, not that one relation caused"
    " another.",
    "A rank counts as evidence as far as a like rank is rare among relations that nobody says"
    " are at work, and never for more than 10 dB; where an explanation was judged from the same"
    " source the rank stands beside it and is not added, so that no fact counts twice.",
)


def limits(gathered: Gathered) -> Section:
    """Write the section on limits.

    Parameters
    ----------
    gathered : Gathered
        What was found.

    Returns
    -------
    Section
        General limits, then what each source in use cannot see.
    """
    cards = [read_card(name) for name in _used(gathered)]
    blind = tuple((sentence(c.label), sentence(" ".join(c.blind_spots))) for c in cards)
    return Section(
        id="limits",
        title="Limits",
        lead=tuple(sentence(line) for line in GENERAL),
        tables=(Table(("Source", "What it cannot see"), blind),),
    )


def sources(gathered: Gathered) -> Section:
    """Write the section on sources.

    Parameters
    ----------
    gathered : Gathered
        What was found.

    Returns
    -------
    Section
        Data sets with licence and citation, then the documents of the case.
    """
    cards = [read_card(name) for name in _used(gathered)]
    data = tuple((sentence(c.title), sentence(c.citation), sentence(c.licence)) for c in cards)
    documents = tuple(
        (sentence(d.id), sentence(f"{d.author}, {d.title}, {d.published}"), sentence(d.url))
        for d in gathered.case.documents
    )
    return Section(
        id="sources",
        title="Sources",
        tables=(
            Table(("Data", "Citation", "Licence"), data),
            Table(("Document", "Citation", "Address"), documents),
        ),
    )


def _used(gathered: Gathered) -> list[str]:
    return list(dict.fromkeys(one.source for one in gathered.coverage if one.covered))
