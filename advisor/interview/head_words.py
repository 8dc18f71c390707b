"""What the head of one column says: which question it asks, in which unit its cells are, and of which option they tell.

Heads come as people and programs write them: numbered, starred, with the question's code before, behind or in brackets, with
words such as "required", with a unit, or with an option that a form service gave a column of its own (``I4/crm``).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from advisor.knowledge.answer_types.shared.units import HeadUnit
from advisor.knowledge.answer_types.shared.words import seen
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question
from advisor.text import LANGS, catalogue, single_line

NAME, ABOUT, ID, REMARKS = "firm.name", "firm.about", "firm.id", "firm.remarks"
"""Columns that are no questions: what the firm is called, a line about it, the user's own number for it, and the
remarks this program wrote into an earlier copy, which are ignored."""
COMPARED_CHARACTERS = 400
"""Characters of a head that are looked at."""
_CODE = r"[A-La-l]\d{1,2}[a-z]?"
_LEADING_CODE = re.compile(rf"^({_CODE})(?=$|[\s.:、,)(/\[_\-|])")
_CODE_IN_BRACKETS = re.compile(rf"[(\[]\s*({_CODE})\s*[)\]]")
_TRAILING_CODE = re.compile(r"[\s.:、,]([A-L]\d{1,2}[a-z]?)\W*$")
HALVES_OF_A_YEAR = ("H1", "H2")
"""Codes that stand for something else at the end of a head."""
_NUMBERING = re.compile(
    r"^\s*(?:[*#•·]+\s*|\(?\d{1,3}\s*[.、):]\s*(?!\d)|第\s*\d{1,3}\s*题\s*[.、:]?\s*|Q\d{1,3}\s*[.、:]\s*)"
)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|\{([^{}]*)\}")
_MARK = re.compile(
    r"^(?:必填|选填|必答|选答|可选|单选|多选|填空|打分|量表|评分|简答|矩阵)题?$"
    r"|^(?:required|optional|single choice|multiple choice)$"
    r"|^\d+\s*(?:-|~|至|到)\s*\d+\s*(?:分|级)?$|^[\d.,]*$",
)
_PARTS = re.compile(r"\s*[/,、;每]\s*|\s+per\s+")
_BY_THE_YEAR = re.compile(
    r"^每年[,，、]\s*|\s*(?:/\s*年|每年|/\s*(?:year|yr)|\bper (?:year|annum)|\ba year|\bp\.a\.)$", re.I
)
_ASKS_BY_THE_YEAR = re.compile(r"每年|上一年度|\byearly\b|\blast year\b|\ba year\b")
_SEPARATORS = re.compile(r"[/:,、|_\-.\s]+")


@dataclass(frozen=True)
class HeadMatch:
    """What a head names: ``key`` is a question's id, a code that covers several, or one of the names above. ``option`` is
    the one that the column tells of, ``tail`` what stands where one would; ``guessed`` a name that is like the question's,
    but not its own; ``unread`` words in brackets that say nothing to this program."""

    key: str
    unit: HeadUnit | None = None
    option: str = ""
    guessed: bool = False
    unread: tuple[str, ...] = ()
    tail: str = ""


def comparable(text: str) -> str:
    """Text as it is compared: width and case are folded, blanks and punctuation dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum() or c == "_")


@functools.lru_cache(maxsize=4)
def known_heads(knowledge: Knowledge) -> dict[str, str]:
    """Every known head in comparable form, with its key; those of retired questions too."""
    keys: dict[str, str] = {}
    knowledge = knowledge.reading
    for code, names in knowledge.codes.items():
        keys[comparable(code)] = names[0] if len(names) == 1 else code
    for question in knowledge.questions.values():
        keys[comparable(question.id)] = question.id
        keys.setdefault(comparable(question.code), question.id)
        for lang in LANGS:
            keys.setdefault(comparable(question.text[lang]), question.id)
    for key in (NAME, ABOUT, ID, REMARKS):
        aliases = catalogue("batch")[f"head.{key}"]
        for lang in LANGS:
            keys.update({comparable(word): key for word in aliases[lang].split("|")})
    return keys


@functools.lru_cache(maxsize=4)
def _synonyms(knowledge: Knowledge) -> Mapping[str, str]:
    """Other words for what questions ask, in comparable form, with the question's id."""
    found = dict[str, str]()
    for key, words in catalogue("heads").items():
        if key in knowledge.questions:
            found |= {comparable(word): key for lang in LANGS for word in words[lang].split("|")}
    return found


@functools.lru_cache(maxsize=4096)
def match(head: str, knowledge: Knowledge) -> HeadMatch | None:
    """What a head names; None where it names no question and nothing about the firm."""
    text = _plain(head)
    if key := _known(text, knowledge):
        return HeadMatch(key)
    bare = _unnumbered(text)
    if key := _known(bare, knowledge):
        return HeadMatch(key)
    if (found := _LEADING_CODE.match(bare)) and (key := _known(found[1], knowledge)):
        return _with_rest(key, bare[found.end() :], knowledge)
    for pattern in (_CODE_IN_BRACKETS, _TRAILING_CODE):
        found = pattern.search(bare)
        if found is None or (pattern is _TRAILING_CODE and found[1] in HALVES_OF_A_YEAR):
            continue
        if key := _known(found[1], knowledge):
            return _with_rest(key, bare[: found.start()] + bare[found.end() :], knowledge)
    return _by_words(bare, knowledge)


def with_unit_of(found: HeadMatch, head: str, knowledge: Knowledge) -> HeadMatch:
    """What somebody says a head stands for, with the unit that the head itself names, and what in it was not understood."""
    question = knowledge.reading.questions.get(found.key)
    if question is None:
        return found
    unit, unread = _unit_in(question, _plain(head), knowledge)
    return replace(found, unit=unit, unread=unread)


def _plain(head: str) -> str:
    text = single_line(seen(unicodedata.normalize("NFKC", head.replace("_x000D_", " "))))[:COMPARED_CHARACTERS]
    return text.translate(str.maketrans("【】「」『』", "[][][]"))


def _known(text: str, knowledge: Knowledge) -> str | None:
    return known_heads(knowledge).get(comparable(text))


def _unnumbered(text: str) -> str:
    """A head without stars, its number in a list, and brackets before it such as "required"."""
    before = ""
    while before != text:
        before = text
        text = _NUMBERING.sub("", text).strip().strip("*").strip()
        lead = _BRACKETS.match(text)
        if lead and _MARK.match(_inside(lead).strip().lower()):
            text = text[lead.end() :].strip()
    return text


def _inside(brackets: re.Match[str]) -> str:
    return next((words for words in brackets.groups() if words is not None), "")


def _with_rest(key: str, rest: str, knowledge: Knowledge) -> HeadMatch:
    """A question known by its code, with what else the head says of its unit or of one option."""
    question = knowledge.reading.questions.get(key)
    if question is None:
        return HeadMatch(key)
    option = _option_at_end(question, rest, knowledge)
    if option:
        return HeadMatch(key, option=option)
    unit, unread = _unit_in(question, rest, knowledge)
    words = _BRACKETS.sub(" ", rest)
    other = unit is None and (_asks_another(question, words, knowledge) or _has_nothing_of(question, words))
    return HeadMatch(key, unit, guessed=other, unread=unread, tail=rest.strip(" /:_.-[]()"))


def _is_by_the_year(question: Question) -> bool:
    """Whether a question asks for a sum of one year."""
    return question.answer_type.of_money and bool(_ASKS_BY_THE_YEAR.search(f"{question.text.zh} {question.text.en}".lower()))


def _asks_another(question: Question, words: str, knowledge: Knowledge) -> bool:
    """Whether the words beside a question's code are those of another question, or another name of one."""
    plain = comparable(words)
    named = known_heads(knowledge).get(plain) or _synonyms(knowledge).get(plain)
    return bool(named) and named in knowledge.questions and named != question.id and question.id in knowledge.questions


def _has_nothing_of(question: Question, words: str) -> bool:
    """Whether the words beside a question's code share no two Chinese characters in a row and no word with the question."""
    texts = (text for text in (question.text, question.help, question.unit) if text)
    asked = " ".join([question.id.replace("_", " "), *(text[lang] for text in texts for lang in LANGS)])
    pairs, latin = _pieces(words)
    known_pairs, known_latin = _pieces(asked)
    return bool(pairs or latin) and not (pairs & known_pairs or latin & known_latin)


def _pieces(text: str) -> tuple[set[str], set[str]]:
    """Two Chinese characters in a row each, and the words of four letters or more."""
    plain = unicodedata.normalize("NFKC", text).lower()
    runs = re.findall(r"[一-鿿]{2,}", plain)
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}, set(re.findall(r"[a-z]{4,}", plain))


def _in_text(question: Question, words: str) -> bool:
    return any(comparable(words) in comparable(question.text[lang]) for lang in LANGS)


def _by_words(bare: str, knowledge: Knowledge) -> HeadMatch | None:
    """A question known by its words, with a unit or an option behind them; else one of the other words for it."""
    base = _BRACKETS.sub(" ", bare).strip()
    for guessed, names in ((False, known_heads(knowledge)), (True, _synonyms(knowledge))):
        for words, rest in ((base, bare), *_outer(bare), *_cut(bare), *_cut(base)):
            key = names.get(comparable(words))
            question = knowledge.reading.questions.get(key) if key else None
            if key and question is None and words == base:
                return HeadMatch(key)
            if key is None or question is None:
                continue
            option = _option_at_end(question, rest, knowledge)
            unit, unread = _unit_in(question, rest, knowledge)
            if option or unit or words == base:
                return HeadMatch(key, None if option else unit, option, guessed, () if option else unread)
    return None


def _outer(text: str) -> Iterator[tuple[str, str]]:
    """A head cut before brackets at its end that hold brackets themselves.

    >>> list(_outer("systems?(billing (such as telecoms))")), list(_outer("systems (ERP)"))
    ([('systems?', 'billing (such as telecoms)')], [])
    """
    if not text.endswith(")"):
        return
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth == 0:
            if ")" in (inner := text[place + 1 : -1]):
                yield text[:place].strip(), inner
            return


def _cut(text: str) -> Iterator[tuple[str, str]]:
    """A head cut in two at each sign that may keep a unit or an option apart, the last one first."""
    for found in reversed(list(_SEPARATORS.finditer(text))):
        yield text[: found.start()], text[found.end() :]


def _option_at_end(question: Question, rest: str, knowledge: Knowledge) -> str:
    """The option named at the end of a head; empty where the question has but one answer or none is named."""
    if not question.answer_type.several:
        return ""
    values = knowledge.reading.facts[question.id].values
    names = {comparable(word): option for option, text in values.items() for word in (option, text.zh, text.en)}
    inner = [_inside(found) for found in _BRACKETS.finditer(rest)]
    ends = (tail for _, tail in _cut(rest))
    return next((names[word] for part in (rest, *reversed(inner), *ends) if (word := comparable(part)) in names), "")


def _unit_in(question: Question, rest: str, knowledge: Knowledge) -> tuple[HeadUnit | None, tuple[str, ...]]:
    """The unit that a head names in brackets or at its end, and the words in brackets that are none."""
    fact, unread = knowledge.reading.facts[question.id], list[str]()
    for found in _BRACKETS.finditer(rest):
        words = _inside(found).strip()
        unit = fact.type.head_unit(fact, _BY_THE_YEAR.sub("", words) if _is_by_the_year(question) else words)
        if unit is not None:
            return replace(unit, written=words), ()
        if words and not _MARK.match(words.lower()) and not _in_text(question, words):
            if any(part and fact.type.head_unit(fact, part) for part in _PARTS.split(words)):
                return HeadUnit(words, known=False), ()  # a unit and more, such as by the month: it says what we cannot do
            unread.append(words)
    base = _BRACKETS.sub(" ", rest).strip()
    for words in (base, *(tail for _, tail in _cut(base))):
        unit = fact.type.head_unit(fact, words) if words else None
        named = words.lower().startswith(("单位", "计量单位", "unit"))
        if unit is not None and (unit.known or named) and not _in_text(question, words):
            return unit, tuple(unread)
    return None, tuple(unread) if question.answer_type.numeric and question.answer_type.typed else ()
