"""Tones: how good or bad the news is, and in which colour a page says so."""

from __future__ import annotations

from typing import Literal

from advisor.knowledge.schema import Level, VerdictName

Tone = Literal["plain", "good", "caution", "bad", "quiet"]
TONE_COLOURS: dict[Tone, tuple[str, str]] = {
    "plain": ("#2f5d8a", "#e6edf4"),
    "good": ("#2b6e4f", "#e2efe8"),
    "caution": ("#96620b", "#f8eed9"),
    "bad": ("#a23b33", "#f6e2df"),
    "quiet": ("#5d6875", "#eceff2"),
}
"""Stroke and fill of each tone; the stroke has at least 4.5 : 1 contrast on white and on its fill."""
VERDICT_TONES: dict[VerdictName, Tone] = {
    "feasible": "good",
    "conditional": "caution",
    "not_yet": "bad",
    "not_needed_now": "quiet",
    "not_enough_answers": "quiet",
}
ABILITY_TONES: dict[Level, Tone] = {"low": "bad", "medium": "caution", "high": "good"}
LEVEL_TONES: dict[Level, Tone] = {"low": "good", "medium": "caution", "high": "bad"}
