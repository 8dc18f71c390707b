"""How one server runs: what the environment (``ADVISOR_…``) says, overruled by options of ``advisor serve``."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Self

import platformdirs
from pydantic import Field, SecretStr, StringConstraints, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from advisor.errors import Place, Problem, SettingsError

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
ENV_PREFIX = "ADVISOR_"
_HOST = re.compile(r"(\.?[\w-]+(\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")
_PROBLEMS = {"https": "E101", "rate_limits": "E101", "retention_days": "E102", "hosts": "E103", "database": "E104"}
"""The error code of each setting that may be invalid; the others take any text."""


def _user_database() -> str:
    return str(platformdirs.user_data_path("crm-advisor") / "cases.db")


class WebSettings(BaseSettings):
    """How one server runs, each field the variable of that name in the environment; what is passed in goes first.

    ``hosts`` are the names it answers to; ``https`` says that visitors reach it encrypted. ``data_key`` is a secret, and
    comes from the environment alone.
    """

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, env_ignore_empty=True, frozen=True, hide_input_in_errors=True)

    database: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)] = Field(default_factory=_user_database)
    data_key: SecretStr = SecretStr("")
    hosts: Annotated[tuple[str, ...], NoDecode, Field(min_length=1)] = LOCAL_HOSTS
    https: bool = False
    retention_days: int = Field(default=90, ge=1, le=99_999)
    rate_limits: bool = True

    @classmethod
    def read(cls, **options: Any) -> Self:
        """The settings of the environment, overruled by ``options`` that are not None.

        Raises :class:`~advisor.errors.SettingsError` with every variable that cannot be used.
        """
        try:
            return cls(**{name: value for name, value in options.items() if value is not None})
        except ValidationError as error:
            names = dict.fromkeys(str(problem["loc"][0]) for problem in error.errors())
            raise SettingsError(Problem(_PROBLEMS[name], Place(f"{ENV_PREFIX}{name.upper()}")) for name in names) from None

    @field_validator("hosts", mode="before")
    @classmethod
    def _by_commas(cls, value: object) -> object:
        return tuple(name.strip() for name in value.split(",") if name.strip()) if isinstance(value, str) else value

    @field_validator("hosts")
    @classmethod
    def _are_host_names(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        if not all(map(_HOST.fullmatch, hosts)):
            raise ValueError("an address, or a pattern, where host names are wanted")
        return hosts

    @property
    def retention(self) -> timedelta:
        """How long a case is kept after its last change."""
        return timedelta(days=self.retention_days)
