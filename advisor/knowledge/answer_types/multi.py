"""``multi``: any number of options of a list, none among them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from advisor.errors import shortened
from advisor.knowledge.answer_types.shared.base import AnswerType, AnswerValue, RefusedError
from advisor.knowledge.answer_types.shared.cells import FormCell
from advisor.knowledge.answer_types.shared.chosen_from_list import ChosenFromList, pieces
from advisor.knowledge.answer_types.shared.views import FactView, InputView, ListsView, QuestionView
from advisor.knowledge.answer_types.shared.words import NONE, NONE_WORDS, word_of
from advisor.knowledge.premises import Test, Value
from advisor.text import LANGS, Lang, Text, catalogue, join, say


class MultiAnswer(ChosenFromList):
    """A set of options."""

    name = "multi"
    widget = "web/fields/multi.html"
    needs = "options"
    several = True
    remark = "several"

    def values(self, question: QuestionView, files: ListsView) -> Mapping[str, Text]:
        """The options in the order of the list."""
        return files.options[question.options or ""]

    def probes(self, fact: FactView, tests: Sequence[Test]) -> Iterator[Value]:
        """Every choice among the options named, filled up with others to each size that a count asks about."""
        listed = [word for test in tests if isinstance(test.argument, frozenset) for word in sorted(test.argument)]
        named = list(dict.fromkeys(listed))
        others = [value for value in fact.values if value not in named]
        counts = [int(test.argument[1]) for test in tests if isinstance(test.argument, tuple)]
        sizes = (size for count in counts for size in (count - 1, count, count + 1) if 0 <= size <= len(others))
        extra = sorted({0, *sizes}) if counts else [0, *([1] if others else [])]
        for size in range(len(named) + 1):
            for chosen in itertools.combinations(named, size):
                for more in extra:
                    yield frozenset((*chosen, *others[:more]))

    def passes(self, fact: FactView, tests: Sequence[Test]) -> bool:
        """Whether each test by itself lets all options or none of them pass; combinations are too many to try."""
        ends: tuple[Value, Value] = (frozenset(fact.values), frozenset())
        return all(any(test.accepts(value) for value in ends) for test in tests)

    def in_case(self, fact: FactView, raw: Any) -> Value:
        """One option by id, or a list of them."""
        return frozenset(self.option(fact, word) for word in map(str, raw if isinstance(raw, list) else [raw]))

    def earns(self, fact: FactView, item: InputView) -> bool:
        """Points for each option."""
        return item.values is not None and set(item.values) == set(fact.values)

    def read(self, fact: FactView, raw: Any) -> AnswerValue:
        """Options one behind the other or in a list, or a word for none of them."""
        items = pieces(raw, fact) if isinstance(raw, str) else raw
        if isinstance(items, dict):
            raise RefusedError("A105", found=shortened(raw), allowed=self.allowed(fact))
        words = [item for item in (items if isinstance(items, list) else [items]) if item not in (None, "")]
        none = [word for word in words if word_of(str(word)) in NONE_WORDS]
        if none and len(none) < len(words):
            raise RefusedError("A110")
        return frozenset() if none else frozenset(self.member(fact, word) for word in words)

    def plain(self, value: Any) -> Any:
        """The options in alphabetical order, or the word for none."""
        return (sorted(value) if isinstance(value, frozenset) else list(value)) or NONE

    def stored(self, value: Any) -> tuple[str, ...]:
        """The options in alphabetical order."""
        return tuple(sorted(value))

    def in_words(self, fact: FactView, value: Any) -> Text:
        """What the options are called, in the order of the list."""
        if not value:
            return catalogue("assessment")["answer.none"]
        words = [fact.values[option] for option in fact.values if option in value]
        return Text(**{lang: join([text[lang] for text in words], lang) for lang in LANGS})

    def in_table(self, fact: FactView, value: Any, lang: Lang) -> str:
        """What the options are called, one a line."""
        if not value:
            return say("interview", "table.none", lang)
        return "\n".join(fact.values[option][lang] for option in self.plain(value))

    def in_yaml(self, value: Any) -> str:
        """A list of ids."""
        return f"[{', '.join(self.plain(value))}]" if value else NONE

    def cells(self, fact: FactView, value: Any, lang: Lang) -> tuple[FormCell, ...]:
        """The question's own cell takes what stands for all, a cell beneath beside each option what is chosen."""
        none, tick = say("interview", "table.none_of_these", lang), say("interview", "table.tick", lang)
        first = FormCell(none if value == frozenset() else None, offered=(none,))
        ticks = (
            FormCell(tick if value and option in value else None, label, offered=(tick,))
            for option, label in zip(fact.values, self.labels(fact, lang), strict=True)
        )
        return first, *ticks

    def chosen(self, value: Any) -> tuple[str, ...]:
        """The options, or the word for none."""
        written = self.plain(value)
        return tuple(written) if isinstance(written, list) else (written,)


MULTI: AnswerType = MultiAnswer()
