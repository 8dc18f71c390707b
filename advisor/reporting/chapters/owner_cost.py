"""What the owner is told of cost: of the way recommended and why it is that one, or of the simpler alternative."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.course import staying_course
from advisor.assessment.model import LighterItem
from advisor.assessment.model.project import ProjectItem, WayCostItem
from advisor.assessment.model.selection import OptionItem, Selection
from advisor.assessment.remark_items import doubted_users
from advisor.reporting.chapters.cost import BUDGET_TONES, further_days, go_live_with_holds, licence_per_user, worst_budget
from advisor.reporting.chapters.staying import staying_days
from advisor.reporting.chapters.wording import ReportWording
from advisor.reporting.document import Block, Bullets, Heading, KeyFigure, KeyFigures, Line, Paragraph
from advisor.reporting.tones import Tone
from advisor.selection.recommended_way import LEVEL, doubted_way, provisional_points, unmet_wish, ways_level_with
from advisor.text import Text


def owner_cost(words: ReportWording, most: int) -> list[Block | Heading]:
    """The section on cost, with so many further details at most beside those without which its sums would be misread; a
    firm that is to buy nothing reads what the simpler alternative takes instead."""
    a = words.assessment
    if a.verdict.name == "not_needed_now":
        lines = tuple(Line(_lighter_cost(words, way)) for way in a.lighter if way.own_days)
        return [Heading(words("owner.cost")), Bullets(lines)] if lines else []
    way = a.costed()
    if a.verdict.name == "not_enough_answers" or a.selection is None or a.project is None or way is None:
        return []
    if staying_course(a):
        return [Heading(words("owner.cost")), *_staying(words, a.selection, way)]
    to_be_run = a.verdict.name in ("feasible", "conditional")
    known = [budget for budget in way.budgets if budget.state != "unknown"] or list(way.budgets[:1])
    money = words.join_sentences(*(words.of(budget.text) for budget in (known if to_be_run else known[:1])))
    details = _details(words, a.selection, a.project, way, most) if to_be_run else ()
    blocks: list[Block | Heading] = [
        Heading(words("owner.cost")),
        *_sums(words, a.selection, way),
        Paragraph(Line(money), _tone(words, way)),
        *(_by_product(words, a.selection) if to_be_run else ()),
    ]
    return [*blocks, Bullets(tuple(Line(text) for text in details))] if details else blocks


def _by_product(words: ReportWording, selection: Selection) -> Iterator[Block]:
    """The money against the own prices of the products to look at first."""
    found = selection.product_money
    if found and found.text:
        yield Paragraph(Line(words.of(found.text)), "caution" if found.short else "plain")


def dearest_first(words: ReportWording) -> tuple[Text, str] | None:
    """The first of the products to look at that costs far more than the reference price, and its first year; None where
    none does, or no product is to be chosen."""
    a = words.assessment
    to_be_chosen = a.verdict.name in ("feasible", "conditional") and not staying_course(a)
    if a.selection is None or a.selection.product_money is None or not to_be_chosen:
        return None
    named = {item.product: item for item in a.selection.candidates}
    item = next((named[name] for name in a.selection.product_money.dearer if name in named), None)
    return (item.name, words.estimate(item.first_year[1], a.selection.currency)) if item and item.first_year else None


def _staying(words: ReportWording, selection: Selection, way: WayCostItem) -> Iterator[Block]:
    """What the plan takes where the CRM system there is stays, and for comparison what a new one would cost."""
    if days := words.join_sentences(*staying_days(words)):
        yield Paragraph(Line(days))
    spans = {"first": way.first_year, "later": way.later_year, "total": way.total}
    if any(spans.values()):
        sums = {
            name: words(
                "owner.stays.sum",
                base=words.estimate(span[1], selection.currency),
                span=words.estimates(span, selection.currency),
            )
            if span
            else words("cost.open")
            for name, span in spans.items()
        }
        told = words("owner.stays.cost", way=words.of(way.title), years=selection.years, **sums)
        users = _users(words, words.assessment.project) if words.assessment.project else ()
        yield Paragraph(Line(words.join_sentences(told, *users)), "quiet")


def _tone(words: ReportWording, way: WayCostItem) -> Tone:
    """How good the news on money is: none that is good while the verdict or the way it is for may still change."""
    tone = BUDGET_TONES[worst_budget(way).state]
    provisional = words.assessment.verdict.certainty == "leaning" or doubted_way(words.assessment)
    return "plain" if provisional and tone == "good" else tone


def _lighter_cost(words: ReportWording, way: LighterItem) -> str:
    """What a simpler alternative takes: days of the firm's own people, and what is paid to others a year."""
    assert way.own_days
    sentences = [words("owner.lighter_days", title=words.of(way.title), days=words.around(way.own_days))]
    plan = [task.own_days for task in words.assessment.plan if task.own_days]
    if len(plan) == len(words.assessment.plan) > 1:
        low, base, high = (sum(days[end] for days in plan) for end in range(3))
        sentences.append(words("owner.lighter_plan", days=words.around((low, base, high))))
    project = words.assessment.project
    if way.yearly and project:
        figures = {
            "base": words.estimate(way.yearly[1], project.currency),
            "span": words.estimates(way.yearly, project.currency),
        }
        sentences.append(words("owner.lighter_yearly", **figures) if way.yearly[2] else words("owner.lighter_free"))
    return words.join_sentences(*sentences)


def owner_cost_figures(words: ReportWording) -> list[KeyFigure]:
    """First year and weeks of the way a system is to be run; nothing where none is to be bought or no sum is known."""
    a = words.assessment
    way = a.costed()
    if a.verdict.name not in ("feasible", "conditional") or staying_course(a) or a.selection is None or way is None:
        return []
    if way.first_year is None:
        return []
    currency, dearer = a.selection.currency, dearest_first(words)
    span = words.estimates(way.first_year, currency)
    if dearer:
        span = words("owner.own_price", span=span, name=words.of(dearer[0]), first=dearer[1])
    money = KeyFigure(words("cost.column.first"), words.estimate(way.first_year[1], currency), span)
    return [money, _weeks(words, way)]


def _weeks(words: ReportWording, way: WayCostItem) -> KeyFigure:
    """The weeks until the system is in use."""
    weeks = words("owner.weeks", weeks=f"{way.go_live[1]:.0f}") if way.go_live else words("cost.open")
    return KeyFigure(words("cost.column.weeks"), weeks, go_live_with_holds(words, way) if way.go_live else "")


def _sums(words: ReportWording, selection: Selection, way: WayCostItem) -> Iterator[Block]:
    """Cost in the first year, in each later year, over all years, and the weeks until the system is in use; a sentence where
    no sum is known."""
    name, title = words.assessment.verdict.name, words.of(way.title)
    spans = (("first", way.first_year), ("later", way.later_year), ("total", way.total))
    if not any(span for _, span in spans):
        sentences = [words(f"owner.cost_open.{name}", way=title)]
        if way.go_live:
            weeks = words("owner.weeks", weeks=f"{way.go_live[1]:.0f}")
            sentences.append(words("owner.in_use", weeks=weeks, span=go_live_with_holds(words, way)))
        yield Paragraph(Line(words.join_sentences(*sentences)))
        return
    yield Paragraph(Line(words(f"owner.cost_intro.{name}", way=title, years=selection.years)))
    figures = [
        KeyFigure(
            words(f"cost.column.{key}", years=selection.years),
            words.estimate(span[1] if span else None, selection.currency),
            words.estimates(span, selection.currency),
        )
        for key, span in spans
    ]
    yield KeyFigures((*figures, _weeks(words, way)))


def _details(
    words: ReportWording, selection: Selection, project: ProjectItem, way: WayCostItem, most: int
) -> tuple[str, ...]:
    """What the sums rest on, and so many further details at most."""
    further = tuple(_further(words, selection, project, way))
    return *_grounds(words, selection, project, way), *further[:most]


def _grounds(words: ReportWording, selection: Selection, project: ProjectItem, way: WayCostItem) -> Iterator[str]:
    """Own staff, why this way, how many users the sums are for where that is not all, and what licences cost where the sum
    is open."""
    days = [words("owner.own_days", days=words.around(way.own_days))] if way.own_days else []
    if staff := words.join_sentences(*days, *further_days(words, project)):
        yield staff
    if why := words.join_sentences(*_why_this_way(words, selection, way)):
        yield why
    yield from _users_in_part(words, project)
    if open_sum := words.join_sentences(*licence_per_user(words, project, way, "owner.per_user")):
        yield words.join_sentences(open_sum, *([words("owner.cost_asked")] if project.open else []))


def _further(words: ReportWording, selection: Selection, project: ProjectItem, way: WayCostItem) -> Iterator[str]:
    """Whether there are people enough, all users, the suite at hand, and what the project must bring in."""
    if way.people_note:
        yield words.of(way.people_note)
    if not any(_users_in_part(words, project)):
        yield from _users(words, project)
    yield from _suite(words, selection)
    yield from (words.of(goal.text) for goal in selection.goals[:1])


def _users_in_part(words: ReportWording, project: ProjectItem) -> Iterator[str]:
    """The users of a first stage, or a number of users that other answers call in doubt."""
    counted = {item.quantity: item for item in project.quantities}
    users, everyone = (item.range if (item := counted.get(name)) else None for name in ("users", "all_users"))
    if users and everyone:
        yield words("owner.first_stage", first=f"{users[1]:.0f}", all=f"{everyone[1]:.0f}")
    elif users and counted["users"].origin == "answered" and doubted_users(words.assessment):
        yield words("owner.users_said", count=f"{users[1]:.0f}")


def _users(words: ReportWording, project: ProjectItem) -> Iterator[str]:
    """How many users the sums are for."""
    if in_part := tuple(_users_in_part(words, project)):
        yield from in_part
    elif users := next((item.range for item in project.quantities if item.quantity == "users"), None):
        key = "owner.for_users_one" if round(users[1]) == 1 else "owner.for_users"
        yield words(key, count=f"{users[1]:.0f}")


def _why_this_way(words: ReportWording, selection: Selection, way: WayCostItem) -> Iterator[str]:
    """How firm the recommendation is, which other ways are level with it, and why not the way the firm favours."""
    chosen, *level = ways_level_with(words.assessment) or [None]
    wish = unmet_wish(words.assessment)
    if wish and (wish.state == "ruled_out" or not chosen or wish.points - chosen.points < LEVEL):
        yield _why_not_the_wish(words, selection, wish, chosen, words.of(way.title))
    if selection.way_note:  # where the wish has more points, this says why not
        yield words.of(selection.way_note)
    doubt = doubted_way(words.assessment)
    if chosen and level:
        close = {item.id: item for item in (chosen, *level, *([doubt.rival] if doubt else []))}.values()
        ways = (words("owner.way_points", way=words.of(item.title), points=f"{item.points:.0f}") for item in close)
        yield words("owner.provisional_level" if doubt else "owner.level_ways", ways=words("join").join(ways))
    elif doubt:
        yield words.of(provisional_points(doubt))


def _why_not_the_wish(
    words: ReportWording, selection: Selection, wish: OptionItem, chosen: OptionItem | None, way: str
) -> str:
    values = {"wish": words.of(wish.title), "way": way, "less": f"{wish.points:.0f}"}
    values["points"] = f"{chosen.points:.0f}" if chosen else ""
    hard = words("list").join(words.of(reason.text).rstrip("。.") for reason in wish.reasons if reason.hard)
    if wish.state == "ruled_out":
        key = "ruled_out"
    else:
        key = "points" if chosen and chosen.points - wish.points >= LEVEL else "level"
    return words("owner.wish", why=words(f"owner.wish_why.{key}", reasons=hard, **values), **values)


def _suite(words: ReportWording, selection: Selection) -> Iterator[str]:
    """What the products cost that belong to the suite the firm owns, where those are to be looked at first."""
    if selection.outcome.name != "own_suite":
        return
    for item in selection.candidates:
        if not (item.suite and item.product in selection.outcome.products):
            continue  # the others are what it is held against
        sums = {"first": item.first_year, "later": item.later_year, "total": item.cost}
        key = "suite_asked" if item.price == "on_request" else "suite_cost" if all(sums.values()) else "suite_open"
        shown = {name: words.estimate(span[1] if span else None, selection.currency) for name, span in sums.items()}
        yield words(f"owner.{key}", name=words.of(item.name), years=selection.years, **shown)
