"""Cost and choice as formats up to 5 had them, brought to the project that later formats read: no sum is made up.

Costs stood in ``routes``, by ratios of licence prices, with own staff among the lines. What they said is kept; what they did
not say stays open.
"""

from __future__ import annotations

from typing import Any

from advisor.knowledge.currency import HOME
from advisor.phrases import phrases

phrase = phrases("assessment")

Raw = dict[str, Any]
WEEKS_A_MONTH = 52 / 12


def upgrade_money(raw: Raw) -> bool:
    """Bring the cost of an assessment to its project, in place; whether it had any."""
    selection, project = raw.get("selection"), raw.get("project")
    if isinstance(selection, dict) and "routes" in selection:
        raw["project"] = _from_routes(selection) if project is None else project | _money_of(_from_routes(selection))
        return True
    if isinstance(project, dict) and "currency" not in project:
        project |= {"currency": HOME, "years": 5, "own_figures": [], "narrowed_by": []}
        for way in project["ways"]:
            _way_of_5(way)
        return True
    return False


def _money_of(project: Raw) -> Raw:
    return {name: project[name] for name in ("ways", "currency", "years", "own_figures", "narrowed_by")}


def _way_of_5(way: Raw) -> None:
    """What a way costs as format 5 had it in a project that nothing was chosen for: once, and in every year."""
    for line in way["lines"]:
        once, yearly = line.pop("once"), line.pop("yearly")
        line |= {"first": None if once is None or yearly is None else once + yearly, "later": yearly}
    nothing = dict.fromkeys(("total", "own_days", "own_staff", "go_live", "cross_check"))
    way |= {**nothing, "swings": [], "budgets": []}


def _from_routes(selection: Raw) -> Raw:
    """Turn a selection with routes into one without, in place; the project that they become."""
    routes = selection.pop("routes")
    recommended = next((route for route in routes if route["way"] == selection["recommended_way"]), None)
    project: Raw = {
        "reference": selection["recommended_way"],
        "quantities": [_users(routes[0]["users"])] if routes else [],
        "tasks": [],
        "own_days": None,
        "outside_days": None,
        "further_days": None,
        "go_live": _weeks(recommended["months"]) if recommended else None,
        "currency": selection["currency"],
        "years": selection["years"],
        "ways": [_way(route, selection["recommended_way"]) for route in routes],
        "own_figures": [],
        "open": [],
        "narrowed_by": [],
        "may_change": [],
    }
    selection["goals"] = recommended["goals"] if recommended else []
    selection["way_note"] = None
    for option in selection["options"]:
        option["state"] = "ruled_out" if option["hard"] else "undecided" if option["hard_open"] else "open"
    for item in selection["dropped"]:
        item["state"] = "undecided" if item["open"] else "not_asked"
    for candidate in selection["candidates"]:
        _price(candidate)
    return project


def _users(users: list[float]) -> Raw:
    return {
        "quantity": "users",
        "label": phrase("upgraded_users").model_dump(),
        "unit": phrase("upgraded_people").model_dump(),
        "origin": "answered" if users[0] == users[2] else "worked_out",
        "range": users,
        "codes": [],
        "why": [],
        "shown": True,
    }


def _way(route: Raw, recommended: str | None) -> Raw:
    lines = [{"line": line.pop("component"), **line} for line in route["lines"]]
    return {
        "way": route["way"],
        "title": route["title"],
        "candidate": route["way"] == recommended,
        "ruled_out": route["hard"],
        "first_year": route["first_year"],
        "later_year": route["running"],
        "total": None,
        "user_year": None,
        "own_days": None,
        "own_staff": None,
        "go_live": _weeks(route["months"]),
        "lines": [
            {"line": line["line"], "label": line["label"], "first": line["first"], "later": line["later"]} for line in lines
        ],
        "swings": route["swings"],
        "budgets": [{**budget, "open": []} for budget in route["budgets"]],
        "cross_check": None,
    }


def _weeks(months: list[float]) -> list[float]:
    return [round(month * WEEKS_A_MONTH, 2) for month in months]


def _price(candidate: Raw) -> None:
    """A product's price as its facts had it; sums of it stood in for prices that were not known, and are left out."""
    shown = next((fact["value"] for fact in candidate["facts"] if fact["fact"] == "price"), None)
    looked_up = next((fact["checked"] for fact in candidate["facts"] if fact["fact"] == "price"), None)
    candidate |= {
        "price": "listed" if shown else "on_request",
        "price_shown": shown,
        "price_date": looked_up,
        "user_year": None,
        "later_year": None,
        "cost": None,
        "other_ways": [],
    }
    candidate["first_year"] = candidate.get("first_year") if shown else None
