"""The knowledge of a running server, reloaded when its files change: a valid version is used, a broken one rejected."""

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
FileStamps = tuple[tuple[str, int, int], ...]


class LiveKnowledge:
    """Holds the knowledge in force. :attr:`load_error` says why the newest files were rejected; else None."""

    def __init__(self, rules: Path | None = None, questionnaires: Path | None = None) -> None:
        self.rules, self.questionnaires = rules, questionnaires
        self._loaded_stamps = self._last_stamps = self._file_stamps()
        self.knowledge: Knowledge = _warm_up(load_knowledge(rules, questionnaires))
        self.load_error: str | None = None
        self._pages: dict[tuple[str, Lang, str, tuple[tuple[str, str], ...]], str] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def _file_stamps(self) -> FileStamps:
        """Names, sizes and modification times of all files; the knowledge is reloaded when they change."""
        folders = [self.rules or data_folder("rules"), self.questionnaires or data_folder("questionnaires")]
        stamps = []
        for folder in folders:
            for path in sorted(folder.rglob("*.yaml")):
                stat = path.stat()
                stamps.append((str(path), stat.st_size, stat.st_mtime_ns))
        return tuple(stamps)

    def reload(self) -> bool:
        """Load changed files if they are valid; True where the knowledge has changed."""
        with self._lock:
            try:
                stamps = self._file_stamps()
                if stamps == self._loaded_stamps:  # no change, or a change was undone
                    self._last_stamps, self.load_error = stamps, None
                    return False
                if stamps == self._last_stamps:
                    return False
                self._last_stamps = stamps
                fresh = _warm_up(load_knowledge(self.rules, self.questionnaires))
            except (AdvisorError, OSError) as error:
                self.load_error = str(error).splitlines()[0][:300]
                log.warning("knowledge_refused", reason=self.load_error, kept=self.knowledge.version)
                return False
            self._loaded_stamps, self.load_error = stamps, None
            if fresh.version == self.knowledge.version:
                return False
            log.info("knowledge_taken_over", before=self.knowledge.version, now=fresh.version)
            self.knowledge = fresh
            return True

    def watch(self, seconds: float) -> None:
        """Check for changed files in the background until :meth:`close`."""

        def poll() -> None:
            while not self._stop.wait(seconds):
                self.reload()

        threading.Thread(target=poll, name="knowledge", daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()

    def reference_page(self, lang: Lang, page: str, back_links: tuple[tuple[str, str], ...] = ()) -> str | None:
        """A page of the reference of the knowledge in force as HTML, None where there is none of that name.

        ``back_links`` are addresses and texts of links back to the other pages.
        """
        from advisor.reporting.reference import ALL_PAGES, build_page

        if page not in ALL_PAGES:
            return None
        knowledge = self.knowledge
        key = (knowledge.version, lang, page, back_links)
        if key not in self._pages:
            html = build_page(knowledge, lang, page, back_links)
            self._pages = {k: v for k, v in self._pages.items() if k[0] == knowledge.version} | {key: html}
        return self._pages[key]


def _warm_up(knowledge: Knowledge) -> Knowledge:
    """Build and import everything that the first use would, so that no visitor waits for it."""
    import highspy  # noqa: F401 (the path to feasible would load it with the first result)

    build_document(assess_fully(Answers(), knowledge, None), "zh", "evidence")
    return knowledge
