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
OPERATORS = frozenset(("agree", "appeal", "demand", "refuse", "threaten"))
WITHOUT_OWN = frozenset(("light", "nouns", "passes", "fail", "consider"))
# "Decided how to attack" does not say that anyone will.
ASKING = frozenset(("how", "whether", "what", "when", "where", "whom", "which"))
# "is to", "has to" and "wants" say nothing without the act they govern.
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


@dataclass(frozen=True, slots=True)
class _Governing:
    """A verb as one of its classes has it, and the verb that it governs.

    `end` is the first word that is no object of it, `depth` how many verbs govern it.
    """

    group: VerbGroup
    name: str
    role: str
    inner: VerbGroup | None
    end: int
    depth: int


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
            verb = _Governing(group, name, word_class.role, inner, end, depth)
            reading = self._by_role(verb)
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
            if means := self.lexicon.noun_classes[name].means:
                return means
        return ""

    def _led_by(self, at: int, floor: int) -> bool:
        for i in range(at - 1, floor, -1):
            if self.tags[i] is Tag.PREPOSITION:
                return self.tokens.words[i] in {"by", "with", "in", "using"}
        return False

    def _by_role(self, verb: _Governing) -> Reading | None:
        role, inner = verb.role, verb.inner
        if role in OPERATORS or role == "cease":
            return self._operated(verb)
        if role == "allow":
            return self._allowed(verb)
        if role in {"light", "nouns"}:
            return self._light(verb)
        if role in {"passes", "fail"} and inner is not None:
            return self._governed(verb, inner)
        if role == "consider" and inner is not None and inner.form != "finite":
            code = self.lexicon.verb_classes[verb.name].code
            return Reading(code, verb.name, verb.group.last, inner)
        return None

    def _governed(self, verb: _Governing, inner: VerbGroup) -> Reading | None:
        """Read the act of the verb that is governed as the act of the one that governs."""
        reading = self.read(inner, verb.depth + 1)
        how = f"{verb.group.base} {reading.how}" if reading else ""
        return reading and Reading(reading.code, how, reading.last, inner)

    def _operated(self, verb: _Governing) -> Reading | None:
        role, inner = verb.role, verb.inner
        if inner is not None and (reading := self.read(inner, verb.depth + 1)):
            turned = _turned(verb.name, reading.code, role)
            if code := operate(turned, self._denied(inner, reading.code)):
                return Reading(code, f"{role}({reading.how})", reading.last, inner)
        if verb.group.base in EMPTY:
            return None
        for _, last, noun in self.objects(verb.group, verb.end):
            known = self.lexicon.noun_classes[noun]
            asked = known.asked or known.code
            framed = self.lexicon.frames.get((verb.name, noun))
            if code := framed or (asked and operate(role, asked)):
                return Reading(code, f"{role}({noun})", last)
        return None

    def _denied(self, inner: VerbGroup, code: str) -> str:
        """Turn a negated act inside an operator into its end: "agreed not to attack"."""
        return operate("cease", code) or code if inner.negated else code

    def _allowed(self, verb: _Governing) -> Reading | None:
        if verb.inner is None:
            return None
        for _, last, noun in self.objects(verb.group, len(self.tags)):
            if code := self.lexicon.frames.get((verb.name, noun)):
                return Reading(code, f"{verb.name}+{noun}", last, verb.inner)
        code = self.lexicon.verb_classes[verb.name].code
        return Reading(code, verb.name, verb.group.last, verb.inner)

    def _light(self, verb: _Governing) -> Reading | None:
        group, inner = verb.group, verb.inner
        for first, last, noun in self.objects(group, verb.end):
            if Tag.COMMA in self.tags[group.last : first]:
                break
            if code := self.lexicon.noun_classes[noun].code:
                if noun == "visit" and group.base == "receive":
                    code = "043"
                return Reading(code, f"{group.base} {noun}", last)
        if verb.role == "nouns" or inner is None or inner.form not in {"ing", "infinitive"}:
            return None
        if group.base == "have" and Tag.NOUN in self.tags[group.head : inner.first]:
            return None  # "has no reason to attack"
        if group.passive:
            return None  # "was made to attack"
        return self._governed(verb, inner)

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
