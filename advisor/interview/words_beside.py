"""Harmless words beside an answer: ``是的，谢谢``, ``4（领导去年刚换）``, ``ERP（用友）、CRM``.

The answer counts, and the words are kept as its note. Only words that can change nothing are taken for such: a remark behind
the answer that denies, doubts, limits or dates nothing and names no other answer, and polite or qualifying words around it.
Everything else is asked about, as words that contradict the answer are.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from advisor.interview.answer_parsing import answer_to
from advisor.interview.answers import Answer
from advisor.knowledge.answer_types import RefusedError
from advisor.knowledge.answer_types.shared.words import MAX_TEXT, NO_WORDS, NONE, YES_WORDS, seen, word_of
from advisor.knowledge.facts import Fact
from advisor.knowledge.margins import Margin
from advisor.knowledge.model import Knowledge
from advisor.knowledge.schema import Question

BESIDE = "A187"
"""The code of notes on words that were kept beside an answer."""
MOST_CUTS = 2
"""Stops in a text behind which a remark may begin."""
LONGEST_ANSWER = 80
"""No answer is called by a longer name."""
NO_ANSWER = ("A102", "A103", "A152")
"""What a text is refused as that is no answer as it stands."""
_REMARK = re.compile(r"[（(\[【]([^（()）\[\]【】]+)[)）\]】]")
_CUT = re.compile(r"\s*(?:[,，。:：\n]|\s[-–—]+\s|——|\.\s)\s*")
_BEFORE = re.compile(
    r"^(?:(?:我们?|我司|我公司|本公司|公司|企业|单位|目前|现在|现阶段|基本上?|总体上?|大体上?|主要|一般|应该|应|算|属于|选择?"
    r"|选项|答案?|(?:we|our firm|the firm|it|that|this) (?:are|is)|we (?:have|use|chose|choose)|i(?: would)? (?:say|choose)"
    r"|currently|at present|now|mainly|mostly|basically|generally|overall|option|answer)[\s:：,，]*)+",
    re.I,
)
_COPULA = re.compile(r"^(?:是|为|有|用的?是?)[\s:：]*")
_BEHIND = re.compile(
    r"[\s,，。.!！~～]*(?:的|了|吧|呢|啊|哦|谢谢(?:您|你|老师)?|多谢|辛苦了?|麻烦了|thanks?(?: you)?|cheers|please|currently"
    r"|at present|now|overall)[\s。.!！~～]*$",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?(?:\d{1,2}月)?(?:底|末|初|起|以来)?")
_DENIES = re.compile(r"[不没无未非否]|\b(?:not?|none|never|nobody)\b|n't\b", re.I)
_CHANGES = re.compile(
    r"[?？≠但却仅只除或拟待将曾停弃]|可能|也许|或许|大概|部分|有些|少数|个别|一半|以前|原来|过去|计划|准备|打算|筹|预计|明年|下半年"
    r"|今后|在建|建设中|如果|假如|要是|取消|要么|还是|差不多|接近|其他|别的"
    r"|\b(?:but|however|except|only|unless|if|or|maybe|perhaps|possibly|partly|partially|some|few|half|former(?:ly)?|used to"
    r"|plan(?:s|ned|ning)?|will|would|soon|next|future|once|until|although|though|yet|almost|nearly|other|unknown|unsure"
    r"|whether|stopped|cancell?ed|hardly|rarely)\b",
    re.I,
)
"""Words that may limit an answer, leave it open, or put it at another time."""
_DENIES_LIKEWISE = re.compile(r"^(?:还|尚|暂|目前|从来?)*(?:没有?|未)")
"""How words begin that say again that something is not so."""
_DEGREE = re.compile(
    r"[高低好差强弱多少大小快慢难易深浅]|\b(?:high|low|good|bad|poor|strong|weak|much|little|large|small|very)\b", re.I
)
"""Words that may stand for another step of a scale."""
_FIGURE = re.compile(r"[\d一二三四五六七八九十百千万亿%]")


@dataclass(frozen=True)
class WordsBeside:
    """An answer, and the text that names it, as it reads without the words beside it."""

    answer: Answer
    plain: str


def without_words_beside(question: Question, text: str, knowledge: Knowledge) -> WordsBeside | None:
    """The answer in a text that is none as it stands, where the other words are harmless; None where they may not be."""
    fact = knowledge.facts[question.id]
    if fact.type.free or len(text) > MAX_TEXT:
        return None
    folded = unicodedata.normalize("NFKC", seen(text)).strip()
    if not _may_answer(folded, fact):
        return None
    for plain, words in _readings(folded, fact):
        try:
            answer = answer_to(question, plain, knowledge)
        except RefusedError:
            continue
        if answer is None or not all(_harmless(word, answer, fact) for word in words):
            return None
        return WordsBeside(answer, plain)
    return None


def _may_answer(text: str, fact: Fact) -> bool:
    """Whether an answer stands anywhere in a text: a figure where a number or a step is asked for, else an option."""
    if fact.type.numeric and _FIGURE.search(text):
        return True
    return any(_names(option, text, fact) for option in fact.values)


def _readings(text: str, fact: Fact) -> Iterator[tuple[str, list[str]]]:
    """What a text may be with words beside it: without what is in brackets, without what follows a stop, and without the
    words around it, each with the words that are left out and have to be harmless."""
    bare = re.sub(r"\s+(?=[、,;]|$)", "", _REMARK.sub(" ", text)).strip()
    remarks = _REMARK.findall(text)
    for plain in dict.fromkeys((bare, _trimmed(bare, fact))):
        if plain and plain != text and (fact.type.several or len(plain) <= LONGEST_ANSWER):
            yield plain, remarks
    if fact.type.several:
        return
    for cut in itertools.islice(_CUT.finditer(bare), MOST_CUTS):
        first, rest = bare[: cut.start()].strip(), bare[cut.end() :].strip()
        for plain in dict.fromkeys((first, _trimmed(first, fact))):
            if plain and rest and len(plain) <= LONGEST_ANSWER:
                yield plain, [*remarks, rest]


def _trimmed(text: str, fact: Fact) -> str:
    """A text without polite and qualifying words around it; as it stands where nothing else is left."""
    before = ""
    while before != text:
        before, text = text, _BEHIND.sub("", text).strip() or text
    trimmed = _BEFORE.sub("", text).strip()
    return ("yes" not in fact.values and _COPULA.sub("", trimmed)) or trimmed or text


def _harmless(words: str, answer: Answer, fact: Fact) -> bool:
    """Whether words beside an answer can change nothing about it."""
    plain = _BEHIND.sub("", _YEAR.sub("", words)).strip()
    if answer.value in ("no", NONE):
        plain = _DENIES_LIKEWISE.sub("", plain)
    if _DENIES.search(plain) or _CHANGES.search(plain) or fact.type.head_unit(fact, words) is not None:
        return False
    if fact.type.numeric and (_FIGURE.search(plain) or (fact.values and _DEGREE.search(plain))):
        return False
    if isinstance(answer.value, Margin):
        return True
    chosen = answer.value if isinstance(answer.value, frozenset) else {str(answer.value)}
    return not any(_names(option, plain, fact) for option in fact.values if option not in chosen)


def _names(option: str, words: str, fact: Fact) -> bool:
    """Whether words name an option, as it is called, by its id, or by a name without its brackets."""
    said, text = word_of(words), fact.values[option]
    if set(fact.values) == {"yes", "no"}:
        called = YES_WORDS if option == "yes" else NO_WORDS
    else:
        called = {word_of(text.zh), word_of(text.en), option.replace("_", " ")} - {""}
        called |= {re.sub(r"\s*\([^()]*\)$", "", name) for name in called}
    return any(name in said for name in called if len(name) > 1 or not name.isascii())
