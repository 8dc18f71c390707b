"""Columns out of answers that stand once each with every firm pointing at its own, and sets of firms as masks and back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from advisor.inference.columns import Column, Firms
from advisor.interview.coded import Coded, CodedFirms, Codes

FEW = 12
"""So few firms are put into a set one by one; more are packed."""


def coded_columns(questions: Sequence[str], firms: CodedFirms, foresee: bool) -> dict[str, Column]:
    """The columns of some questions; with ``foresee`` what firms do not know is not noted."""
    return {name: _coded_column(firms.questions.get(name), foresee) for name in questions}


def _coded_column(coded: Coded | None, foresee: bool) -> Column:
    """One question of many firms, whose answers stand once each."""
    column = Column()
    if coded is None:
        return column
    for answer, who in zip(coded.answers, _groups(coded.codes, len(coded.answers)), strict=True):
        if answer is None:
            continue
        if answer.status == "not_applicable":
            column.inapplicable |= who
        elif answer.status == "unknown":
            column.unknown |= 0 if foresee else who
        elif answer.value is None or isinstance(answer.value, tuple):
            column.asked |= who
        else:
            column.add(answer.value, who)
    column.asked |= column.known | column.unknown
    return column


def _groups(codes: Codes, count: int) -> Iterator[Firms]:
    """For each code the firms that have it."""
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(count + 1))
    for start, end in itertools.pairwise(ends.tolist()):
        if end - start < FEW:
            yield sum(1 << place for place in order[start:end].tolist())
        else:
            mask = np.zeros(len(codes), np.bool_)
            mask[order[start:end]] = True
            yield firms_of(mask)


def firms_of(mask: NDArray[np.bool_]) -> Firms:
    """A set of firms from a mask over them."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(firms: Firms, size: int) -> NDArray[np.bool_]:
    """A mask over ``size`` firms from a set of them."""
    packed = np.frombuffer(firms.to_bytes((size + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").astype(np.bool_)
