"""Other weights than the equal ones: what a reader of the papers might set, by name."""

from typing import Annotated

from pydantic import Field

from advisor.knowledge.schema.base import Authored, Basis, Name
from advisor.text import Text

Weight = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]


class Weighting(Authored):
    """Weights of inputs by score; an input not named keeps the weight it has. ``about`` says whose view this is."""

    title: Text
    about: Text
    weights: dict[Name, dict[Name, Weight]]
    sources: list[str] = []
    basis: Basis = "inferred"
