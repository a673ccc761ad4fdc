"""Read sections as a reader does: text of cells, and the numbers they point at."""

from cuibono.dossier.numbers import Numbers
from cuibono.model.dossier import Section, Sentence, Table


def text(sentence: Sentence) -> str:
    return "".join(span.text for span in sentence)


def refs(*sentences: Sentence) -> list[str]:
    return [span.ref for sentence in sentences for span in sentence if span.ref]


def all_refs(section: Section) -> list[str]:
    cells = [cell for table in section.tables for row in table.rows for cell in row]
    return refs(*section.lead, *cells)


def column(table: Table, name: str) -> list[Sentence]:
    """Give the cells under a heading, whatever stands beside it."""
    at = table.columns.index(name)
    return [row[at] for row in table.rows]


def value(numbers: Numbers, sentence: Sentence) -> float:
    """Give the number that a sentence quotes, and insist that it quotes one."""
    (ref,) = refs(sentence)
    return numbers.figures[ref].value
