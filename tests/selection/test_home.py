"""Where a firm is at home decides its law, its languages and its support: known, not known, and known to be elsewhere."""

from __future__ import annotations

import pytest

from advisor.assessment import assess
from advisor.assessment.model.selection import SettingsItem
from advisor.interview import Answer, Answers
from advisor.knowledge.answer_types.shared.base import RefusedError
from advisor.reporting.chapters.law import law_chapter
from advisor.reporting.chapters.wording import ReportWording

INSURER = {
    "industry": "insurance", "employees": 400.0, "buyers": frozenset(["firms"]), "crm_users": 40.0,
    "existing_systems": frozenset(["finance"]), "data_requirements": frozenset(),
}  # fmt: skip
"""A firm of a trade that keeps its data in China, if China is its home."""


def sheet(**values) -> Answers:
    return Answers({name: Answer("known", value) for name, value in {**INSURER, **values}.items()})


@pytest.fixture(scope="module")
def sifted(chosen):
    """What a filter has to say of each product for a firm, by product, with the codes it waits for."""

    def of(which: str, settings: SettingsItem | None = None, **values):
        said = {}
        for item in chosen(sheet(**values), settings).candidates:
            kinds = {kind: [r for r in getattr(item, kind) if r.filter == which] for kind in ("excluded", "asks", "depends")}
            kind = next((kind for kind, remarks in kinds.items() if remarks), "passes")
            codes = {code for remark in kinds["depends"] for code in remark.codes}
            said[item.product] = (kind, codes)
        return said

    return of


def spoken(knowledge) -> dict[str, frozenset[str]]:
    facts = {name: product.facts.languages.known for name, product in knowledge.products.items()}
    return {name: frozenset(known) for name, known in facts.items() if known is not None}


def lacking(knowledge, name: str) -> str:
    """What becomes of a product without a language: excluded where that was looked up, else the vendor is asked."""
    product = knowledge.products[name]
    by = product.facts.languages.by
    return "asks" if by is not None and product.evidence[by].unsure else "excluded"


@pytest.mark.parametrize(
    ("needed", "settings", "values"),
    [
        ({"zh"}, None, {"home_country": "mainland_china"}),
        ({"en"}, None, {"home_country": "us"}),
        ({"de"}, None, {"home_country": "mainland_china", "user_languages": frozenset(["de"])}),
        ({"ja"}, SettingsItem(languages=("ja",)), {"home_country": "us", "user_languages": frozenset(["de"])}),
    ],
    ids=["from home", "from another home", "answered", "set"],
)
def test_languages_that_are_known_pass_or_exclude(needed, settings, values, sifted, knowledge):
    said, languages = sifted("language", settings, **values), spoken(knowledge)
    assert {name: said[name][0] for name in languages} == {
        name: "passes" if needed <= known else lacking(knowledge, name) for name, known in languages.items()
    }


@pytest.mark.parametrize("home", [None, "eu_eea"])
def test_languages_that_are_not_known_exclude_nothing_and_are_asked(home, sifted, knowledge):
    said, languages = sifted("language", **({"home_country": home} if home else {})), spoken(knowledge)
    for name, known in languages.items():
        everyone = home is None and {"zh", "en"} <= known
        assert said[name] == ("passes", set()) if everyone else said[name][0] == "depends"
        assert everyone or said[name][1] == ({"A16"} if home else {"A15", "A16"})
    assert {said[name][0] for name in languages} == ({"depends"} if home else {"passes", "depends"})


def test_a_language_the_catalogue_does_not_tell_of_is_asked_of_the_vendor(sifted, knowledge):
    said = sifted("language", home_country="eu_eea", user_languages=frozenset(["en", "another_language"]))
    languages = spoken(knowledge)
    assert {name: said[name][0] for name in languages} == {
        name: "asks" if "en" in known else lacking(knowledge, name) for name, known in languages.items()
    }


def test_a_trade_keeps_its_data_in_china_only_where_china_is_its_home(sifted, knowledge):
    at_home, elsewhere, unknown = (
        sifted("data_home", **v) for v in ({"home_country": "mainland_china"}, {"home_country": "uk"}, {})
    )
    failing = {name for name in at_home if knowledge.products[name].facts.data_in_china.known == "no"} & {
        name for name, (kind, _) in at_home.items() if kind != "passes"
    }
    assert failing and not any(elsewhere[name][0] != "passes" for name in elsewhere)
    assert all(unknown[name][0] == "depends" and "A15" in unknown[name][1] for name in failing)


def test_support_in_the_mainland_counts_for_a_firm_of_the_mainland_alone(chosen, knowledge):
    def support(home: str | None) -> dict[str, tuple[float, float, float]]:
        values = {"home_country": home} if home else {}
        candidates = chosen(sheet(**values, user_languages=frozenset(["en"]))).candidates
        return {c.product: (m.low, m.points, m.high) for c in candidates for m in c.marks if m.criterion == "support"}

    helped: dict[str, list[float]] = {"yes": [], "no": []}
    for product, (low, middle, high) in support("mainland_china").items():
        assert low <= middle <= high
        if known := knowledge.products[product].facts.support_in_china.known:
            helped[known].append(middle)
    assert min(helped["yes"]) > max(helped["no"])
    for home in ("us", None):
        abroad = {
            product: mark for product, mark in support(home).items() if not knowledge.products[product].facts.partners.known
        }
        assert abroad and all(low < middle < high for low, middle, high in abroad.values())
        told = {
            known: {abroad[p][1] for p in abroad if knowledge.products[p].facts.support_in_china.known == known}
            for known in helped
        }
        assert told["yes"] & told["no"], "help in the mainland is no help abroad"


def test_every_home_and_language_that_is_told_of_can_be_answered(knowledge):
    scheme, answers = (
        knowledge.selection,
        {name: set(knowledge.facts[name].values) for name in ("home_country", "user_languages")},
    )
    assert {*scheme.languages, *scheme.support_known} <= answers["home_country"]
    told = {code for known in spoken(knowledge).values() for code in known}
    assert told | set(scheme.languages_unknown) <= answers["user_languages"]


CHINA, EUROPE = "legal_basis_and_notice", "gdpr_basis_and_rights"


@pytest.mark.parametrize(
    ("home", "live_in", "found", "open_"),
    [
        ("mainland_china", ["mainland_china"], {CHINA}, set()),
        ("eu_eea", ["eu_eea"], {EUROPE}, set()),
        ("eu_eea", ["eu_eea", "mainland_china"], {CHINA, EUROPE}, set()),
        ("us", ["us"], set(), set()),
        ("mainland_china", None, {CHINA}, {EUROPE}),
        ("eu_eea", None, {EUROPE}, {CHINA}),
        (None, None, set(), {CHINA, EUROPE}),
    ],
)
def test_a_law_applies_or_does_not_or_is_asked_about(home, live_in, found, open_, knowledge):
    values = {"buyers": frozenset(["consumers"]), "data_requirements": frozenset(), "customer_spread": 5}
    values |= {"home_country": home} if home else {}
    values |= {"people_homes": frozenset(live_in)} if live_in else {}
    assessment = assess(Answers({name: Answer("known", value) for name, value in values.items()}), knowledge)
    assert {item.id for item in assessment.legal_checks} & {CHINA, EUROPE} == found
    waiting = {name for item in assessment.undecided if item.kind == "legal_check" for name in item.findings}
    assert (waiting & {CHINA, EUROPE}) - found == open_


@pytest.mark.parametrize(
    ("home", "settings", "currency"),
    [
        ("mainland_china", None, "CNY"),
        ("eu_eea", None, "EUR"),
        ("us", None, "USD"),
        ("uk", None, "GBP"),
        ("hk_macau_taiwan", None, "HKD"),
        ("asean", None, "USD"),
        ("eu_eea", SettingsItem(currency="CNY"), "CNY"),
        ("elsewhere", None, "USD"),
        (None, None, "CNY"),
    ],
)
def test_cost_is_told_in_the_currency_of_the_home_unless_one_is_set(home, settings, currency, whole, knowledge):
    values = {"initial_budget": 800_000.0, "running_budget": 160_000.0} | ({"home_country": home} if home else {})
    assessment, in_rmb = (
        whole(sheet(**values), chosen_currency) for chosen_currency in (settings, SettingsItem(currency="CNY"))
    )
    assert (assessment.project.currency, assessment.selection.currency) == (currency, currency)
    rate = knowledge.cost.rates[currency]
    for way, same in zip(assessment.project.ways, in_rmb.project.ways, strict=True):
        assert [end * rate for end in way.total] == pytest.approx(same.total, rel=1e-3)


@pytest.mark.parametrize(
    ("written", "currency", "amount"),
    [
        ("EUR 200k", "EUR", 200e3),
        ("20万欧元", "EUR", 200e3),
        ("€1.2M", "EUR", 1.2e6),
        ("50,000 USD", "USD", 50e3),
        ("5万美元", "USD", 50e3),
        ("$30k", "USD", 30e3),
        ("US$30k", "USD", 30e3),
        ("£40k", "GBP", 40e3),
        ("40k pounds", "GBP", 40e3),
        ("HK$200k", "HKD", 200e3),
        ("20万港币", "HKD", 200e3),
        ("S$60k", "SGD", 60e3),
    ],
)
def test_a_sum_in_another_currency_is_read_at_the_rate_for_planning(written, currency, amount, knowledge):
    fact = knowledge.facts["initial_budget"]
    assert fact.type.read(fact, written) == pytest.approx(amount * knowledge.cost.rates[currency])
    assert fact.type.read(fact, "200k") == 200_000


@pytest.mark.parametrize(
    ("written", "currency", "ends"),
    [
        ("£30k-£40k", "GBP", (30e3, 40e3)),
        ("$20-40k", "USD", (20e3, 40e3)),
        ("约三十万美元", "USD", (24e4, 36e4)),
        ("三十到四十万", "CNY", (30e4, 40e4)),
        ("十万左右", "CNY", (8e4, 12e4)),
    ],
)
def test_a_range_in_another_currency_or_in_words_is_read_as_one(written, currency, ends, knowledge):
    fact = knowledge.facts["initial_budget"]
    read, rate = fact.type.read(fact, written), knowledge.cost.rates[currency]
    assert (read.low, read.high) == pytest.approx(tuple(end * rate for end in ends))
    assert fact.type.read(fact, str(read)) == read


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("200k AUD", "A152"),
        ("A$30k", "A152"),
        ("NT$30k", "A152"),
        ("$20k to £30k", "A152"),
        ("一万五", "A152"),
        ("三百二", "A152"),
        ("二五十万", "A152"),
        ("40万-20万", "A153"),
        ("$40k-$20k", "A153"),
    ],
)
def test_a_sum_that_is_refused_says_what_would_be_read(written, code, knowledge):
    fact = knowledge.facts["initial_budget"]
    with pytest.raises(RefusedError) as refused:
        fact.type.read(fact, written)
    assert refused.value.code == code
    assert code != "A152" or all(name in refused.value.values["currencies"] for name in knowledge.cost.rates)


def test_points_of_law_that_wait_for_the_same_answers_stand_in_one_line(knowledge):
    assessment = assess(sheet(home_country="mainland_china", customer_spread=1), knowledge)
    for lang in ("zh", "en"):
        words = ReportWording(assessment, lang)
        chapter = law_chapter(words)
        waiting = list(chapter.blocks[-1].rows)
        asked = [row[1].line.text for row in waiting]
        assert len(set(asked)) == len(asked) < len(words.undecided("legal_check"))
        said = " ".join(row[0].line.text for row in waiting)
        assert all(title in said for title in words.undecided("legal_check"))
