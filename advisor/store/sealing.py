"""Answers at rest: as they are, or sealed with keys from the environment.

What is sealed names the place it belongs to, so that a value cannot be moved to another case unseen.
"""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from advisor.errors import InputError

_OPEN, _SEALED = b"\x00", b"\x01"


class Seal:
    """Seals and opens. ``keys`` are Fernet keys, separated by commas: the first seals, each may open (to change keys)."""

    def __init__(self, keys: str = "") -> None:
        try:
            boxes = [Fernet(key.strip()) for key in keys.split(",") if key.strip()]
        except ValueError:
            raise InputError("bad_data_key") from None
        self._box = MultiFernet(boxes) if boxes else None

    @property
    def closed(self) -> bool:
        """Whether answers are kept sealed."""
        return self._box is not None

    def seal(self, content: bytes, place: str) -> bytes:
        """The content as it is stored at ``place``."""
        if self._box is None:
            return _OPEN + content
        return _SEALED + self._box.encrypt(place.encode() + b"\0" + content)

    def open(self, stored: bytes, place: str) -> bytes:
        """The content stored at ``place``.

        Raises :class:`~advisor.errors.InputError` where no key opens it, or it was stored somewhere else.
        """
        if stored[:1] == _OPEN:
            return stored[1:]
        if self._box is None:
            raise InputError("sealed_without_key")
        try:
            where, _, content = self._box.decrypt(stored[1:]).partition(b"\0")
        except InvalidToken:
            raise InputError("sealed_otherwise") from None
        if where != place.encode():
            raise InputError("sealed_otherwise")
        return content


def new_key() -> str:
    """A fresh key for the environment."""
    return Fernet.generate_key().decode()
