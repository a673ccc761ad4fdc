"""English endings: the forms of a verb and the plural of a noun."""

from __future__ import annotations

from cuibono.reading.wordlists import word_set

IRREGULAR_THIRD = {"have": "has"}
VOWELS = frozenset("aeiou")
HISSES = ("s", "x", "z", "ch", "sh")
NUMBERS = frozenset(("million", "billion", "thousand"))
DOUBLES = word_set("doubling")
# "cancelled" beside "canceled": a text may be written in either English.
DOUBLES_IN_BRITAIN = word_set("doubling_in_britain")


def plural_of(noun: str) -> str:
    """Give the regular plural of a noun.

    Parameters
    ----------
    noun : str
        In lower case; one that ends in s is taken for a plural.

    Returns
    -------
    str
        Its plural.

    Examples
    --------
    >>> plural_of("embassy"), plural_of("clash"), plural_of("troops")
    ('embassies', 'clashes', 'troops')
    """
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    if noun.endswith(HISSES):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    if noun.endswith("o") and noun[-2:-1] not in VOWELS:
        return noun + "es"
    return noun + "s"


def _ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if base in DOUBLES else base + "ed"


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + base[-1] + "ing" if base in DOUBLES else base + "ing"


def verb_forms(base: str, irregular: tuple[str, str] | None = None) -> list[tuple[str, str]]:
    """Give the forms of a verb and what each is.

    Parameters
    ----------
    base : str
        As a dictionary lists it.
    irregular : tuple of str or None
        Past and participle where they are not formed by rule.

    Returns
    -------
    list of tuple of str
        Form and kind: base, s, past, participle, ing; British spellings come last.

    Examples
    --------
    >>> [form for form, _ in verb_forms("ban")]
    ['ban', 'bans', 'banned', 'banned', 'banning']
    """
    if base == "be":
        return [("be", "base")]
    past, participle = irregular or (_ed(base), _ed(base))
    third = IRREGULAR_THIRD.get(base) or _third(base)
    forms = [
        (base, "base"),
        (third, "s"),
        (past, "past"),
        (participle, "participle"),
        (_ing(base), "ing"),
    ]
    if base in DOUBLES_IN_BRITAIN:
        double = base + base[-1]
        forms += [
            (double + "ed", "past"),
            (double + "ed", "participle"),
            (double + "ing", "ing"),
        ]
    return forms


def _third(base: str) -> str:
    return base + "es" if base.endswith(("ss", *HISSES[1:])) else plural_of(base)
