"""Encryption of answers at rest, with keys from the environment; without a key they are stored as plain text.

An encrypted value names the place it belongs to, so that it cannot be moved to another case unnoticed.
"""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from advisor.errors import InputError

_PLAIN, _ENCRYPTED = b"\x00", b"\x01"


class AnswerCipher:
    """Encrypts and decrypts. ``keys`` are Fernet keys, separated by commas: the first encrypts, each may decrypt (to change
    keys)."""

    def __init__(self, keys: str = "") -> None:
        try:
            ciphers = [Fernet(key.strip()) for key in keys.split(",") if key.strip()]
        except ValueError:
            raise InputError("bad_data_key") from None
        self._fernet = MultiFernet(ciphers) if ciphers else None

    @property
    def enabled(self) -> bool:
        """Whether answers are stored encrypted."""
        return self._fernet is not None

    def encrypt(self, content: bytes, place: str) -> bytes:
        """The content as it is stored at ``place``."""
        if self._fernet is None:
            return _PLAIN + content
        return _ENCRYPTED + self._fernet.encrypt(place.encode() + b"\0" + content)

    def decrypt(self, stored: bytes, place: str) -> bytes:
        """The content stored at ``place``.

        Raises :class:`~advisor.errors.InputError` where no key decrypts it, or it was stored in another place.
        """
        if stored[:1] == _PLAIN:
            return stored[1:]
        if self._fernet is None:
            raise InputError("sealed_without_key")
        try:
            stored_place, _, content = self._fernet.decrypt(stored[1:]).partition(b"\0")
        except InvalidToken:
            raise InputError("sealed_otherwise") from None
        if stored_place != place.encode():
            raise InputError("sealed_otherwise")
        return content


def new_key() -> str:
    """A fresh key for the environment."""
    return Fernet.generate_key().decode()
