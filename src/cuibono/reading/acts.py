"""What a clause says was done: a code from verb, object and what governs them; or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from cuibono.reading.clauses import classes_in
from cuibono.reading.lexicon import Lexicon, load_lexicon
from cuibono.reading.tagging import Tag
from cuibono.reading.tokens import Tokens
from cuibono.reading.verb_groups import VerbGroup

VIOLENT = ("180", "182", "183", "190", "193", "186")
INSTRUMENT_REACH = 12
INSTRUMENTS = {
    "aircraft": "195",
    "air-strike": "195",
    "shelling": "194",
    "heavy-weapons": "194",
    "suicide-bombing": "1831",
    "car-bomb": "1832",
    "road-bomb": "1833",
    "bombing": "183",
    "shooting": "193",
    "mass-weapons": "204",
    "cyber": "176",
    "computers": "176",
}
OPERATORS = frozenset(("agree", "appeal", "demand", "refuse", "threaten"))
WITHOUT_OWN = frozenset(("light", "nouns", "passes", "fail", "consider"))
# "is to", "has to" and "wants" say nothing without the act they govern.
# "Decided how to attack" does not say that anyone will.
ASKING = frozenset(("how", "whether", "what", "when", "where", "whom", "which"))
EMPTY = frozenset(("be", "have", "will", "want", "wish", "seek", "plan", "intend", "need"))
DEEPEST = 4
FRIENDLY = ("03", "04", "05", "06", "07", "08")


@dataclass(slots=True)
class Reading:
    """The code of a clause and how it came about.

    Attributes
    ----------
    code : str
        CAMEO code.
    how : str
        Which words decided it ("reduce+aid", "agree(give+aid)").
    last : int
        First word beyond the words that decided.
    inner : VerbGroup or None
        The governed verb whose act became part of this one.
    """

    code: str
    how: str
    last: int
    inner: VerbGroup | None = None


def operate(operator: str, code: str) -> str:
    """Give what an act becomes when it is agreed to, demanded, refused and so on.

    Parameters
    ----------
    operator : str
        One of agree, appeal, demand, refuse, threaten and cease.
    code : str
        CAMEO code of the act itself.

    Returns
    -------
    str
        CAMEO code; empty where the dictionary has none.

    Examples
    --------
    >>> operate("refuse", "071"), operate("cease", "191"), operate("threaten", "164")
    ('1221', '0872', '134')
    """
    operators = load_lexicon().operators
    for size in range(len(code), 1, -1):
        row = operators.get(code[:size])
        if row is not None:
            return row[operator]
    return ""


def heads_of(nouns: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Keep the last noun of a run: a "water deal" is a deal.

    Parameters
    ----------
    nouns : list of tuple of int, int and str
        As `classes_in` gives them.

    Returns
    -------
    list of tuple of int, int and str
        Those that no other noun follows at once.

    Examples
    --------
    >>> heads_of([(0, 1, "aid-relief"), (1, 2, "agreement")])
    [(1, 2, 'agreement')]
    """
    starts = {first for first, _, _ in nouns}
    return [noun for noun in nouns if noun[1] not in starts]


class ClauseReader:
    """Reads the clauses of one sentence; each verb is read once.

    Parameters
    ----------
    tokens : Tokens
        The sentence.
    tags : list of Tag
        One a word.
    groups : list of VerbGroup
        Its verb groups, bounded.
    """

    def __init__(self, tokens: Tokens, tags: list[Tag], groups: list[VerbGroup]) -> None:
        self.tokens, self.tags, self.groups = tokens, tags, groups
        self.lexicon: Lexicon = load_lexicon()
        self.nouns = heads_of(list(classes_in(tokens, 0, len(tags))))

    def role(self, group: VerbGroup) -> str:
        """Say how a verb treats what it governs.

        Parameters
        ----------
        group : VerbGroup
            One of the sentence.

        Returns
        -------
        str
            The first role that its classes have; empty for an act of its own.
        """
        for name in group.classes:
            if role := self.lexicon.verb_classes[name].role:
                return role
        return ""

    def objects(self, group: VerbGroup, end: int) -> list[tuple[int, int, str]]:
        """List the nouns of the dictionary that a verb takes.

        Parameters
        ----------
        group : VerbGroup
            One of the sentence.
        end : int
            First word that is not looked at.

        Returns
        -------
        list of tuple of int, int and str
            Those behind an active verb, those before a passive one.
        """
        if group.passive and group.form == "finite":
            start, end = group.start, group.first
        else:
            start = group.head + 1
        return [noun for noun in self.nouns if start <= noun[0] and noun[1] <= end]

    def complement(self, group: VerbGroup) -> VerbGroup | None:
        """Find the verb that a verb governs.

        Parameters
        ----------
        group : VerbGroup
            One of the sentence.

        Returns
        -------
        VerbGroup or None
            An infinitive, a gerund or the verb of a that-clause.
        """
        at = self.groups.index(group)
        for other in self.groups[at + 1 :]:
            between = self.tags[group.last : other.first]
            if Tag.STOP in between:
                return None
            if other.form == "participle":
                continue
            if other.form == "finite":
                return other if other.governor is group else None
            if other.form == "infinitive" and self.tokens.words[other.first - 1] in ASKING:
                return None
            if other.form == "ing" and (Tag.COMMA in between or Tag.SUBORDINATOR in between):
                return None
            if other.form == "ing" and self.tags[other.first - 1] is Tag.NOUN:
                return None
            return other
        return None

    def read(self, group: VerbGroup, depth: int = 0) -> Reading | None:
        """Read what one verb says was done.

        Parameters
        ----------
        group : VerbGroup
            One of the sentence.
        depth : int, default 0
            How many verbs govern it.

        Returns
        -------
        Reading or None
            None where the dictionary knows no act; there is no default.
        """
        if depth > DEEPEST:
            return None
        inner = self.complement(group)
        end = inner.first if inner and inner.form != "ing" else group.end
        for at, name in enumerate(group.classes):
            word_class = self.lexicon.verb_classes[name]
            reading = self._by_role(group, word_class.role, name, inner, end, depth)
            if reading is None and word_class.role in {"", "allow"}:
                reading = self._by_object(group, name, end)
            if reading is None and at < group.phrasal and word_class.role in {"", "report"}:
                reading = (
                    Reading(word_class.code, name, group.last) if word_class.code else None
                )
            if reading is not None:
                return reading
        reading = self._alone(group)
        if reading is not None and reading.code.startswith(VIOLENT):
            reading.code = self._instrument(group) or reading.code
        return reading

    def _instrument(self, group: VerbGroup) -> str:
        """Find what was used, before the verb or behind "by" and "with"."""
        behind = [
            noun
            for noun in self.nouns
            if group.head < noun[0] <= group.head + INSTRUMENT_REACH
            and self._led_by(noun[0], group.head)
        ]
        before = [n for n in self.nouns if group.start <= n[0] and n[1] <= group.first]
        for _, _, name in (*before, *behind):
            if name in INSTRUMENTS:
                return INSTRUMENTS[name]
        return ""

    def _led_by(self, at: int, floor: int) -> bool:
        for i in range(at - 1, floor, -1):
            if self.tags[i] is Tag.PREPOSITION:
                return self.tokens.words[i] in {"by", "with", "in", "using"}
        return False

    def _by_role(
        self,
        group: VerbGroup,
        role: str,
        name: str,
        inner: VerbGroup | None,
        end: int,
        depth: int,
    ) -> Reading | None:
        if role in OPERATORS or role == "cease":
            return self._operated(group, role, name, inner, end, depth)
        if role == "allow":
            return self._allowed(group, name, inner, depth)
        if role in {"light", "nouns"}:
            return self._light(group, inner if role == "light" else None, end, depth)
        if role in {"passes", "fail"} and inner is not None:
            reading = self.read(inner, depth + 1)
            return reading and Reading(
                reading.code, f"{group.base} {reading.how}", reading.last, inner
            )
        if role == "consider" and inner is not None and inner.form != "finite":
            return Reading(self.lexicon.verb_classes[name].code, name, group.last, inner)
        return None

    def _operated(
        self,
        group: VerbGroup,
        role: str,
        name: str,
        inner: VerbGroup | None,
        end: int,
        depth: int,
    ) -> Reading | None:
        if inner is not None:
            reading = self.read(inner, depth + 1)
            if reading and (
                code := operate(
                    _turned(name, reading.code, role), self._denied(inner, reading.code)
                )
            ):
                return Reading(code, f"{role}({reading.how})", reading.last, inner)
        if group.base in EMPTY:
            return None
        for _, last, noun in self.objects(group, end):
            code = self.lexicon.noun_classes[noun].code
            paired = self.lexicon.frames.get((name, noun))
            content = paired or (
                operate(role, CONTENTS.get(noun, code)) if noun in CONTENTS or code else ""
            )
            if content:
                return Reading(content, f"{role}({noun})", last)
        return None

    def _denied(self, inner: VerbGroup, code: str) -> str:
        """Turn a negated act inside an operator into its end: "agreed not to attack"."""
        return operate("cease", code) or code if inner.negated else code

    def _allowed(
        self, group: VerbGroup, name: str, inner: VerbGroup | None, depth: int
    ) -> Reading | None:
        if inner is None:
            return None
        for _, last, noun in self.objects(group, len(self.tags)):
            if code := self.lexicon.frames.get((name, noun)):
                return Reading(code, f"{name}+{noun}", last, inner)
        return Reading(self.lexicon.verb_classes[name].code, name, group.last, inner)

    def _light(
        self, group: VerbGroup, inner: VerbGroup | None, end: int, depth: int
    ) -> Reading | None:
        for first, last, noun in self.objects(group, end):
            if Tag.COMMA in self.tags[group.last : first]:
                break
            if code := self.lexicon.noun_classes[noun].code:
                if noun == "visit" and group.base == "receive":
                    code = "043"
                return Reading(code, f"{group.base} {noun}", last)
        if inner is not None and inner.form in {"ing", "infinitive"}:
            if group.base == "have" and Tag.NOUN in self.tags[group.head : inner.first]:
                return None  # "has no reason to attack"
            if group.passive:
                return None  # "was made to attack"
            reading = self.read(inner, depth + 1)
            if reading:
                return Reading(reading.code, f"{group.base} {reading.how}", reading.last, inner)
        return None

    def _by_object(self, group: VerbGroup, name: str, end: int) -> Reading | None:
        for _, last, noun in self.objects(group, end):
            if code := self.lexicon.frames.get((name, noun)):
                return Reading(code, f"{name}+{noun}", last)
        return None

    def _alone(self, group: VerbGroup) -> Reading | None:
        for name in group.classes:
            word_class = self.lexicon.verb_classes[name]
            empty = word_class.role in OPERATORS and group.base in EMPTY
            if word_class.code and not empty and word_class.role not in WITHOUT_OWN:
                return Reading(word_class.code, name, group.last)
        return None


def _turned(name: str, inner: str, role: str) -> str:
    """Turn a vow of something friendly into a promise."""
    return "agree" if name == "vow" and inner.startswith(FRIENDLY) else role


# What an operator is about where its object names no act: "demanded sanctions" asks for
# them, "demanded independence" asks for rights.
CONTENTS = {
    "observers": "086",
    "inspectors": "0862",
    "relief-access": "0863",
    "peacekeepers": "074",
    "ties": "050",
    "economic-ties": "061",
    "military-ties": "062",
    "judicial-ties": "063",
    "intelligence-ties": "064",
    "culture": "060",
    "settlement": "057",
    "prisoners": "0841",
    "property": "0842",
    "reform": "083",
    "leadership": "0831",
    "rights": "0833",
    "institutions": "0834",
    "weapons-program": "087",
    "restrictions": "081",
    "ban": "0812",
    "troops": "074",
    "territory": "0874",
}
