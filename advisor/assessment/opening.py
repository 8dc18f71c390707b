"""How the advice opens: the answer to what the firm asked, then the verdict, then whether a fixed date can be met.

This is the only place that words it; the owner's page, terminal, web result, library and JSON print ``verdict.sentence``.
"""

from __future__ import annotations

from collections.abc import Iterator

from advisor.assessment.contract_end import FIXED_DATE, WEEKS_LEFT, contract_sentence, weeks_shown
from advisor.assessment.course import course_of, staying_course
from advisor.assessment.course_reasons import staying_reasons
from advisor.assessment.firm_schedule import PEOPLE
from advisor.assessment.model import Assessment
from advisor.assessment.plan import ENDING_IN_A_SYSTEM
from advisor.assessment.verdict import verdict_sentence
from advisor.phrases import joined, phrases, sentences
from advisor.text import Text

phrase = phrases("opening")

OCCASION, OFFER = "occasion", "offer_state"
"""The questions on what is asked and which offer there is."""
WITH_A_DATE = "one_with_deadline"
"""The answer that there is an offer whose price holds until a date."""
PRESENT = "present_system"
"""The question on what to do with the CRM system there is."""
USE, WELL_USED = "crm_use", 4
"""The question how far the CRM system there is is used, and from which step on most people use it every week."""
ANSWERED_STAYING = (PRESENT, "which_system", "take_the_offer")
"""The questions that have an answer of their own where a CRM system stays."""
WRONG_OFFER = {"offer_of_doubtful_origin": "doubtful_origin", "offer_of_a_wrong_kind": "wrong_kind"}
"""What speaks against an offer, whatever its price, by the caution that says so; the first that holds is told."""
TRADE_FIRST = frozenset({"trade_module_tried_first", "part_of_the_trade_system"})
"""The advice that what the system of the trade has is looked at before any product of the list."""
PILOT = "run_pilot"
"""The task by which the first people use something new."""


def with_opening(assessment: Assessment) -> Assessment:
    """An assessment whose verdict opens with the answer to what was asked; as it was where nothing was."""
    verdict = assessment.verdict
    stays = staying_course(assessment)
    told_plainly = verdict_sentence(verdict.name, verdict.certainty, verdict.leads_to)
    verdict_told = phrase(f"stays.{verdict.certainty}") if stays else told_plainly
    contract = contract_sentence(assessment)
    ends = [contract] if contract else []
    told = [*_answer(assessment), *ends, verdict_told, *_offer(assessment), *_date(assessment)]
    reasons = staying_reasons(assessment) if stays else verdict.reasons
    retold = verdict.model_copy(update={"sentence": sentences(told), "reasons": reasons})
    return assessment.model_copy(update={"verdict": retold})


def _answer(assessment: Assessment) -> Iterator[Text]:
    """The answer to the question that was asked; nothing where none was. Where a CRM system stays, whatever was asked."""
    asked = _known(assessment, OCCASION)
    if staying_course(assessment) and asked not in ANSWERED_STAYING:
        asked = PRESENT
    if asked is None:
        return
    verdict = assessment.verdict
    answer = phrase(f"{asked}.{_case(str(asked), assessment)}", **_words(assessment))
    yield phrase("provisionally", answer=answer) if verdict.certainty == "leaning" else answer


def _case(asked: str, assessment: Assessment) -> str:
    """Which of the answers to a question holds."""
    name = assessment.verdict.name
    if asked == PRESENT:
        return course_of(assessment) or (_why_unclear(assessment) if name in ENDING_IN_A_SYSTEM else name)
    if asked == "take_the_offer":
        offer, wrong = _known(assessment, OFFER), _wrong_offer(assessment)
        if wrong:
            return f"signed_{wrong}" if offer == "signed" else wrong
        stays = staying_course(assessment)
        if offer == "signed":
            return "signed_stays" if stays else "signed" if name in ENDING_IN_A_SYSTEM else f"signed_{name}"
        if stays:
            return f"own_{stays}"
        return name if name not in ENDING_IN_A_SYSTEM else str(offer or "unclear")
    if asked == "which_system" and name in ENDING_IN_A_SYSTEM:
        if stays := staying_course(assessment):
            return f"own_{stays}"
        selection = assessment.selection
        if selection is None:
            return "later"
        if selection.outcome.name == "own_system":
            return f"own_{course_of(assessment) or 'system'}"
        if TRADE_FIRST & {advice.id for advice in assessment.approaches}:
            return f"{name}_trade" if selection.outcome.products else "trade"
        if not selection.outcome.products:
            return "none_of_kind" if selection.survivors() else "none_fits"
        return f"{name}_strategy" if selection.outcome.strategy_first else f"{name}_products"
    return name


def _why_unclear(assessment: Assessment) -> str:
    """What decides whether the CRM system there is stays: of one that is well used, not why it is not."""
    use = assessment.known(USE)
    return "unclear_used" if isinstance(use, int | float) and use >= WELL_USED else "unclear"


def _words(assessment: Assessment) -> dict[str, Text]:
    """What an answer may name: the products that lead, and the first thing to do."""
    selection, steps = assessment.selection, assessment.plan
    leading = selection.outcome.products if selection else ()
    names = {item.product: item.name for item in selection.candidates} if selection else {}
    first = steps[0].title if steps else phrase("no_step")
    listed = joined([names[product] for product in leading[:3]]) if leading else phrase("no_product")
    return {"names": listed, "first": first}


def _wrong_offer(assessment: Assessment) -> str | None:
    """What is wrong with an offer whatever its price; None where nothing is known to be."""
    found = {caution.id for caution in assessment.cautions}
    return next((wrong for caution, wrong in WRONG_OFFER.items() if caution in found), None)


def _offer(assessment: Assessment) -> Iterator[Text]:
    """What is wrong with an offer, or that its date is to pass, to a firm that asked something else."""
    if _known(assessment, OCCASION) == "take_the_offer":
        return
    if wrong := _wrong_offer(assessment):
        yield phrase(f"offer.{wrong}")
    elif _known(assessment, OFFER) == WITH_A_DATE and not _calls_for_a_choice(assessment):
        yield phrase("offer.lapse")


def _calls_for_a_choice(assessment: Assessment) -> bool:
    """Whether a new system may be chosen, so that an offer of one is worth an answer."""
    return assessment.verdict.name in ENDING_IN_A_SYSTEM and not staying_course(assessment)


def _date(assessment: Assessment) -> Iterator[Text]:
    """Whether the plan meets the date the firm has to meet; a date set by law is told under every verdict."""
    left, way = _known(assessment, WEEKS_LEFT), assessment.costed()
    if left is None:
        return
    weeks = float(left)
    shown = weeks_shown(weeks)
    if not _calls_for_a_choice(assessment):
        if _known(assessment, FIXED_DATE) == "legal_date":
            yield phrase("date.legal", left=shown)
    elif way is not None and way.go_live is not None:
        low, base, high = (round(end) for end in way.go_live)  # as they are told
        late = "nothing_ready" if weeks < _first_use(assessment, low / base if base else 1.0) else "missed"
        if _known(assessment, PEOPLE) == 0:
            case = "nobody"
        else:
            case = late if weeks < low else "short" if weeks < base else "tight" if weeks < high else "met"
        busy = phrase("date.busy") if way.is_held else ""
        yield phrase(f"date.{case}", left=shown, low=f"{low}", base=f"{base}", high=f"{high}", busy=busy)


def _first_use(assessment: Assessment, fastest: float) -> float:
    """The earliest week in which a pilot can start, going as fast as the way allows; 0 where the plan has none."""
    return next((task.start * fastest for task in assessment.plan if task.id == PILOT), 0.0)


def _known(assessment: Assessment, question: str) -> int | float | str | None:
    """The answer to a question with one value; None where it is not known."""
    value = assessment.known(question)
    return None if isinstance(value, tuple) else value
