"""The commands on choosing, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.cli.main import advisor

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "questionnaires" / "samples"
MAKER, CONTRACTOR = str(SAMPLES / "machine_tool_maker.yaml"), str(SAMPLES / "building_contractor.yaml")


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(advisor, list(args))
    assert result.exit_code == code, result.output
    return result.output


def test_a_shortlist_says_what_it_comes_to_and_why_others_are_out():
    output = run("--lang", "en", "shortlist", MAKER)
    assert "Products to compare" in output and "Excluded by hard conditions" in output
    assert "It lacks a language that its users need" in output


def test_where_the_answer_is_not_now_no_product_is_listed_unless_asked_for():
    output = run("--lang", "en", "shortlist", CONTRACTOR)
    assert "do this first" in output and "Excluded" not in output and "--all" in output
    assert "Excluded by hard conditions" in run("--lang", "en", "shortlist", CONTRACTOR, "--all")


def test_both_languages_say_the_same_things():
    zh, en = run("--lang", "zh", "shortlist", MAKER, "--all"), run("--lang", "en", "shortlist", MAKER, "--all")
    assert zh.count(" • ") == en.count(" • ")


def test_json_holds_the_whole_selection():
    selection = json.loads(run("shortlist", MAKER, "--json", "--years", "3", "--currency", "EUR"))
    assert selection["years"] == 3 and selection["currency"] == "EUR" and selection["settings"]["years"] == 3
    assert {"options", "wanted", "dropped", "candidates", "robust"} <= set(selection)


@pytest.fixture
def sized(tmp_path):
    """The maker of machines with the answers that its sample leaves out of its size."""
    text = Path(MAKER).read_text("utf-8").rstrip() + "\n  A6: [firms]\n  A7a: 2100\n  I8: 45\n"
    path = tmp_path / "sized.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_cost_says_whether_the_money_is_enough(sized):
    output = run("--lang", "en", "cost", sized)
    assert "running budget), RMB 1.05 million, is enough" in output and "What must improve" in output
    assert len(json.loads(run("cost", sized, "--json"))["ways"]) == 5


def test_cost_of_unknown_size_is_told_per_user_with_the_answers_that_settle_it():
    output = run("--lang", "en", "cost", MAKER)
    assert (
        "Licence per user per year: RMB 750 to 2,200" in output
        and "Answer A13, B16, A7a, A6 to settle what is open." in output
    )


def test_the_cost_of_one_product_shows_its_price_list_and_date(sized):
    output = run("--lang", "en", "cost", sized, "--product", "pipedrive", "--currency", "EUR")
    assert "USD 14 per user per month" in output and "as of 2026-09-20" in output and "EUR" in output
    assert "on request" in run("--lang", "en", "cost", sized, "--product", "cloudcc")
    selection = json.loads(run("cost", sized, "--product", "pipedrive", "--json"))
    assert selection["product"] == "pipedrive" and selection["first_year"][0] < selection["first_year"][2]
    assert "pipedrive" in run("--lang", "en", "cost", MAKER, "--product", "pipedrve", code=3)


def test_papers_are_written_in_each_language(tmp_path):
    run("rfp", MAKER, "--lang", "zh,en", "--out", str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"machine_tool_maker.{name}.{lang}.{form}"
        for name, form in (("guide", "docx"), ("requirements", "xlsx"), ("rfp", "docx"))
        for lang in ("en", "zh")
    ]


def test_settings_beside_the_firm_are_taken_up_and_options_go_before_them(tmp_path):
    firm = tmp_path / "firm.yaml"
    firm.write_bytes(Path(MAKER).read_bytes())
    (tmp_path / "firm.selection.yaml").write_text("years: 3\ncurrency: USD\n")
    assert json.loads(run("shortlist", str(firm), "--json"))["currency"] == "USD"
    again = json.loads(run("shortlist", str(firm), "--json", "--currency", "EUR"))
    assert (again["currency"], again["years"]) == ("EUR", 3)


@pytest.mark.slow
def test_a_saved_assessment_keeps_its_selection_and_comes_out_the_same(tmp_path):
    firm = tmp_path / "firm.yaml"
    firm.write_bytes(Path(MAKER).read_bytes())
    (tmp_path / "firm.selection.yaml").write_text("years: 3\nfunctions: {relation_map: must}\n")
    saved = tmp_path / "saved.json"
    run("assess", str(firm), "--save", str(saved), "--date", "2026-11-24")
    from_saved, fresh = (
        json.loads(run("shortlist", str(saved), "--json")),
        json.loads(run("shortlist", str(firm), "--json", "--date", "2026-11-24")),
    )
    assert from_saved == fresh and from_saved["years"] == 3
    run("replay", str(saved))
    five_years = json.loads(run("shortlist", str(saved), "--json", "--years", "5"))
    assert five_years["years"] == 5 and five_years["settings"]["functions"] == {"relation_map": "must"}


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--papers-only", "shortlist", MAKER), "--papers-only"),
        (("shortlist", MAKER, "--emphasis", "mine"), "cost_first"),
        (("shortlist", MAKER, "--settings", "nowhere.yaml"), "nowhere.yaml"),
        (("--catalogue", "nowhere", "shortlist", MAKER), "nowhere"),
        (("catalogue", "show", "pipedrve"), "pipedrive"),
        (("catalogue", "export", "x.pdf"), "csv, xlsx"),
        (("rfp", MAKER, "--lang", "fr"), "zh, en"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(args, words):
    assert words in run(*args, code=3)


def test_a_catalogue_goes_out_is_changed_and_comes_back(tmp_path):
    table, folder = tmp_path / "mine.csv", tmp_path / "mine"
    run("catalogue", "export", str(table), "pipedrive", "zoho_crm")
    text = table.read_text("utf-8-sig").replace("pipedrive,", "my_tool,").replace(",Pipedrive", ",My Tool")
    table.write_text(text, "utf-8-sig")
    run("catalogue", "import", str(table), str(folder))
    assert sorted(path.name for path in folder.iterdir()) == ["my_tool.yaml", "zoho_crm.yaml"]
    assert "my_tool" in run("--catalogue", str(folder), "catalogue", "show")
    assert "my_tool" in {
        c["product"] for c in json.loads(run("--catalogue", str(folder), "shortlist", MAKER, "--json"))["candidates"]
    }
    assert "--replace" in run("--lang", "en", "catalogue", "import", str(table), str(folder), code=3)
    run("catalogue", "import", str(table), str(folder), "--replace")
    assert "2 products" in run("--lang", "en", "catalogue", "check", str(folder))


def test_a_table_with_a_mistake_writes_nothing(tmp_path):
    table, folder = tmp_path / "mine.csv", tmp_path / "mine"
    run("catalogue", "export", str(table))
    table.write_text(table.read_text("utf-8-sig").replace("proprietary", "proprietry", 1), "utf-8-sig")
    output = run("--lang", "en", "catalogue", "import", str(table), str(folder), code=3)
    assert "K103" in output and "licence" in output
    assert not folder.exists()


def test_the_catalogue_shows_source_date_and_confidence():
    output = run("--lang", "en", "catalogue", "show", "civicrm", "--date", "2026-11-30")
    assert "sure; as of 2026-11-29" in output and "https://github.com/civicrm" in output and "not verified" in output
    assert "past its date" in run("--lang", "en", "catalogue", "show", "civicrm", "--date", "2031-01-01")


def test_how_much_is_cited_is_told_and_ends_with_one_where_the_aims_are_missed(tmp_path):
    table, folder = tmp_path / "mine.csv", tmp_path / "mine"
    cells = "mine,{},,,,,,,,我的,Mine\n"
    facts = "deployments hosted,licence proprietary,commercial_use yes,made_for companies,languages zh,suite none"
    rows = [cells.format(name) for name in ("name", "maker", "about")]
    rows += [
        f"mine,{fact.replace(' ', ',')},page,https://x.example,said,2026-11-01,2027-11-01,high,,\n"
        for fact in facts.split(",")
    ]
    unknown = "sizes,data_in_china,data_in_eu,extensible,open_interfaces,support_in_china,lightweight,minimum_seats"
    rows += [f"mine,{fact},unknown,,,,,,,,\n" for fact in unknown.split(",")]
    rows += ["mine,industries,,page,https://x.example,said,2026-11-01,2027-11-01,high,,\n"]
    rows += ["mine,price.hosted,unknown,page,https://x.example,said,2026-11-01,2027-11-01,high,,\n"]
    functions = ["quotation", "contracts", "field_visits"]
    rows += [
        f"mine,function.{name},yes,page,https://x.example,said,2026-11-01,2027-11-01,high,,\n" for name in functions[:2]
    ]
    rows += [f"mine,function.{functions[2]},no,hearsay,,,,,unverified,,\n"]
    header = "product,field,value,source,page,words,read,expires,confidence,note_zh,note_en\n"
    table.write_text(header + "".join(rows), "utf-8")
    run("catalogue", "import", str(table), str(folder))
    output = run("--lang", "en", "catalogue", "check", str(folder), "--coverage")
    assert "functions 2 of 3 (66%), prices 1 of 1 (100%)" in output
    table.write_text(
        header
        + "".join(rows).replace(
            "function.contracts,yes,page,https://x.example,said,2026-11-01,2027-11-01,high",
            "function.contracts,yes,hearsay,,,,,unverified",
        ),
        "utf-8",
    )
    run("catalogue", "import", str(table), str(folder), "--replace")
    assert "functions 1 of 3 (33%)" in run("--lang", "en", "catalogue", "check", str(folder), "--coverage", code=1)


def test_facts_past_their_date_end_the_check_with_one():
    assert "sound" in run("--lang", "en", "catalogue", "check", "--date", "2026-11-24")
    assert "ran out" in run("--lang", "en", "catalogue", "check", "--date", "2031-01-01", code=1)
    assert "past their date" in run("--lang", "en", "shortlist", MAKER, "--date", "2031-01-01")
