"""The knowledge a server works with, exchanged while it runs: a sound new version takes over, a broken one is refused."""

from __future__ import annotations

import threading
from pathlib import Path

import structlog

from advisor.errors import AdvisorError
from advisor.insight.full_assessment import assess_fully
from advisor.interview import Answers
from advisor.knowledge import Knowledge, load_knowledge
from advisor.knowledge.load import data_folder
from advisor.reporting import build_document
from advisor.text import Lang

log = structlog.get_logger()
Stamp = tuple[tuple[str, int, int], ...]


class Library:
    """Holds the knowledge in force. :attr:`refused` says why the newest files are not it, None where they are."""

    def __init__(self, rules: Path | None = None, questionnaires: Path | None = None) -> None:
        self.rules, self.questionnaires = rules, questionnaires
        self._taken = self._seen = self._look()
        self.knowledge: Knowledge = _ready(load_knowledge(rules, questionnaires))
        self.refused: str | None = None
        self._site: dict[tuple[str, Lang, str, tuple[tuple[str, str], ...]], str] = {}
        self._turn = threading.Lock()
        self._stop = threading.Event()

    def _look(self) -> Stamp:
        """Names, sizes and times of all files: as long as they stay, so does the knowledge."""
        folders = [self.rules or data_folder("rules"), self.questionnaires or data_folder("questionnaires")]
        found = []
        for folder in folders:
            for path in sorted(folder.rglob("*.yaml")):
                state = path.stat()
                found.append((str(path), state.st_size, state.st_mtime_ns))
        return tuple(found)

    def refresh(self) -> bool:
        """Take over changed files if they are sound; True where the knowledge is another than before."""
        with self._turn:
            try:
                stamp = self._look()
                if stamp == self._taken:  # nothing new, or what was new is gone again
                    self._seen, self.refused = stamp, None
                    return False
                if stamp == self._seen:
                    return False
                self._seen = stamp
                fresh = _ready(load_knowledge(self.rules, self.questionnaires))
            except (AdvisorError, OSError) as error:
                self.refused = str(error).splitlines()[0][:300]
                log.warning("knowledge_refused", reason=self.refused, kept=self.knowledge.version)
                return False
            self._taken, self.refused = stamp, None
            if fresh.version == self.knowledge.version:
                return False
            log.info("knowledge_taken_over", before=self.knowledge.version, now=fresh.version)
            self.knowledge = fresh
            return True

    def watch(self, seconds: float) -> None:
        """Look for changes every so often until :meth:`close`."""

        def run() -> None:
            while not self._stop.wait(seconds):
                self.refresh()

        threading.Thread(target=run, name="knowledge", daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()

    def site(self, lang: Lang, page: str, ways: tuple[tuple[str, str], ...] = ()) -> str | None:
        """A page of the reference site of the knowledge in force, None where there is none of that name.

        ``ways`` lead from it back to the other pages.
        """
        from advisor.reporting.reference import PAGES, build_page

        if page not in ("index", *PAGES):
            return None
        knowledge = self.knowledge
        key = (knowledge.version, lang, page, ways)
        if key not in self._site:
            made = build_page(knowledge, lang, page, ways)
            self._site = {k: v for k, v in self._site.items() if k[0] == knowledge.version} | {key: made}
        return self._site[key]


def _ready(knowledge: Knowledge) -> Knowledge:
    """The knowledge with all that is built or loaded at its first use, so that no visitor waits for it."""
    import highspy  # noqa: F401 (the path to feasible would load it with the first result)

    build_document(assess_fully(Answers(), knowledge, None), "zh")
    return knowledge
