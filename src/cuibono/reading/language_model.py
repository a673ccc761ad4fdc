"""A language model as a proposer: asked only where the user says so, and held to the text.

What the rules read stands. The model is shown the same paragraphs, and a proposal of it that
passes every check and says something new becomes a record beside theirs, to be reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cuibono.model.sourced_record import Factuality, RecordKind, SourcedRecord, Strength
from cuibono.reading.document import Document
from cuibono.reading.endpoint import Endpoint, Message
from cuibono.reading.proposals import LISTS, TEXTS, Refusal, check_proposal
from cuibono.reading.tokens import split_sentences
from cuibono.reading.wordlists import read_toml

CHUNK_CHARACTERS = 6_000
MOST_OF_A_CHUNK = 200
WORDS = {"kind": RecordKind, "factuality": Factuality, "strength": Strength}

Chunk = dict[tuple[int, int], int]


def answer_schema() -> dict[str, Any]:
    """Give the JSON schema that an answer has.

    Returns
    -------
    dict
        An object whose `records` have every field of a proposal, and no other.
    """
    fields: dict[str, Any] = {name: {"type": "string"} for name in TEXTS}
    fields |= {
        name: {"type": "string", "enum": [word.value for word in words]}
        for name, words in WORDS.items()
    }
    fields |= {name: {"type": "array", "items": {"type": "string"}} for name in LISTS}
    record = {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"records": {"type": "array", "items": record}},
        "required": ["records"],
        "additionalProperties": False,
    }


def propose_records(
    document: Document, known: Iterable[SourcedRecord], endpoint: Endpoint
) -> tuple[list[SourcedRecord], list[Refusal]]:
    """Ask a model for what the rules did not find.

    Parameters
    ----------
    document : Document
        The text; its prose is sent to the endpoint.
    known : iterable of SourcedRecord
        What is found already.
    endpoint : Endpoint
        Where to ask.

    Returns
    -------
    records : list of SourcedRecord
        New ones, each through every check, in order of the text.
    refused : list of Refusal
        Proposals that failed a check.

    Raises
    ------
    ProposerError
        If the endpoint does not answer as it should; nothing is half taken.
    """
    extractor = f"llm:{endpoint.model}"
    taken = {_gist(record) for record in known}
    found: dict[str, SourcedRecord] = {}
    refused: list[Refusal] = []
    for chunk in _chunks(document):
        answer = endpoint.ask(_question(document, chunk), answer_schema())
        listed = answer.get("records") if isinstance(answer, dict) else None
        if not isinstance(listed, list):
            refused.append(Refusal("the answer holds no list of records", ""))
            continue
        for proposal in listed[:MOST_OF_A_CHUNK]:
            made = check_proposal(document, chunk, proposal, extractor)
            if isinstance(made, Refusal):
                refused.append(made)
            elif _gist(made) not in taken:
                taken.add(_gist(made))
                found[made.id] = made
    return sorted(found.values(), key=lambda record: (record.start, record.end)), refused


def _gist(record: SourcedRecord) -> tuple[object, ...]:
    """Say what a record comes to: the same act of a sentence is told once."""
    sides = (record.actors, record.recipients)
    named = (frozenset(party.actor for party in side) for side in sides)
    act = record.event_type or record.cameo or record.kind
    return record.sentence, act, *named


def _chunks(document: Document) -> Iterator[Chunk]:
    chunk: Chunk = {}
    size = number = 0
    for block in document.blocks:
        for span in split_sentences(document.prose, *block):
            length = span[1] - span[0]
            if chunk and size + length > CHUNK_CHARACTERS:
                yield chunk
                chunk, size = {}, 0
            chunk[span] = number
            size += length + 1
            number += 1
    if chunk:
        yield chunk


def _question(document: Document, chunk: Chunk) -> list[Message]:
    asking = read_toml("asking.toml")
    system = asking["system"].strip()
    system = system.replace("{kinds}", ", ".join(RecordKind))
    system = system.replace("{factualities}", ", ".join(Factuality))
    text = " ".join(document.prose[start:end] for start, end in chunk)
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": asking["user"].replace("{text}", text)},
    ]
