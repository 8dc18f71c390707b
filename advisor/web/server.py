"""The production server: waitress, in one process, until it is interrupted."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import waitress
from waitress.server import BaseWSGIServer

from advisor.errors import InputError
from advisor.insight.knowledge_choice import BUILT_IN, KnowledgeChoice
from advisor.store import Store
from advisor.web import logs, metrics
from advisor.web.app import create_app
from advisor.web.services import get_services
from advisor.web.settings import WebSettings

THREADS = 8
RELOAD_INTERVAL = 5.0
"""Seconds between two checks for changed files of the knowledge."""
PURGE_INTERVAL = 3600.0
"""Seconds between two purges of expired cases."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Server:
    """A server, bound to its port when created and served by :meth:`run`."""

    def __init__(
        self,
        settings: WebSettings,
        host: str,
        port: int,
        proxies: int = 0,
        metrics_port: int | None = None,
        choice: KnowledgeChoice = BUILT_IN,
    ) -> None:
        if host not in LOOPBACK and not settings.https:
            raise InputError("unencrypted", host=host)
        logs.configure()
        self.app = create_app(settings, choice)
        self.services = get_services(self.app)
        registry = metrics.init_app(self.app, self.services)
        proxy_options = (
            {"trusted_proxy": "*", "trusted_proxy_count": proxies, "trusted_proxy_headers": PROXY_HEADERS} if proxies else {}
        )
        try:
            self._server: BaseWSGIServer = waitress.create_server(
                self.app,
                host=host,
                port=port,
                threads=THREADS,
                ident="",
                clear_untrusted_proxy_headers=True,
                max_request_body_size=self.app.config["MAX_CONTENT_LENGTH"] + 100_000,
                **proxy_options,
            )
            if metrics_port is not None:
                metrics.expose(registry, metrics_port)
        except OSError as error:
            self.services.close()
            raise InputError("port_taken", host=host, port=port, detail=error.strerror or error) from None
        self.port = int(self._server.effective_port)
        self._stopped = threading.Event()

    def run(self) -> None:
        """Serve until interrupted or terminated; requests in progress are finished."""
        self.services.live_knowledge.watch(RELOAD_INTERVAL)
        threading.Thread(target=self._purge, name="purge", daemon=True).start()
        signal.signal(signal.SIGTERM, _interrupt)
        try:
            self._server.run()
        except (KeyboardInterrupt, SystemExit):
            pass
        finally:
            self._stopped.set()
            self._server.close()
            self.services.close()

    def _purge(self) -> None:
        store: Store = self.services.store
        while not self._stopped.is_set():
            store.purge()
            self._stopped.wait(PURGE_INTERVAL)


PROXY_HEADERS = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
