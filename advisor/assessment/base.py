"""The base of everything an assessment is made of, and the citation that its parts share."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from advisor.text import Text


class Item(BaseModel):
    """Base of every part: frozen, nothing unknown let in."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, allow_inf_nan=False)


class Citation(Item):
    """A source as the report cites it: the claim in our words, the paper or work, and the place in it. ``read_in``: how the
    text of a work was looked up, which no page for a client tells."""

    id: str
    text: Text
    source: str
    source_title: Text
    where: Text
    year: int | None
    dated: bool
    external: bool
    expires: date | None = None
    note: Text | None = None
    read_in: Text | None = None
