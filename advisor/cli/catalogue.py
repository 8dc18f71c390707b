"""``advisor catalogue check | show | import | export``: the products we know, and a private catalogue beside ours."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.markup import escape

from advisor.cli.console import OutputConsole, terminal
from advisor.cli.exits import EXIT_DIFFERS, handle_errors
from advisor.cli.firm_files import today
from advisor.cli.options import parse_date
from advisor.cli.settings import Settings, help_text
from advisor.errors import InputError, nearest
from advisor.files import read_file, write_file
from advisor.knowledge.schema.products import LEVELS
from advisor.text import catalogue as texts

if TYPE_CHECKING:
    from advisor.knowledge.schema import Product
    from advisor.knowledge.schema.products import Edition, Evidence

FILE = click.Path(path_type=Path)


@click.group("catalogue", help=help_text("catalogue"))
def catalogue() -> None:
    """Group of the commands on the catalogue."""


@catalogue.command("check", help=help_text("catalogue_check"))
@click.argument("folder", type=FILE, required=False)
@click.option("--date", default=None, help=help_text("date"))
@click.option("--coverage", is_flag=True, help=help_text("catalogue_coverage"))
@click.pass_obj
@handle_errors
def check(settings: Settings, folder: Path | None, date: str | None, coverage: bool) -> None:
    """Check our catalogue, or a folder of one's own: every mistake at once, and what is past its date (exit 1). With
    ``--coverage`` how much of it is cited instead, and whether that meets the aims (exit 1 where not)."""
    from advisor.selection.catalogue import expired, read_catalogue

    knowledge, day = settings.knowledge(), parse_date(date) or today()
    products = read_catalogue(folder, knowledge)[0] if folder else dict(knowledge.products)
    if coverage:
        if not _show_coverage(settings, products, None if folder is None else tuple(products)):
            raise SystemExit(EXIT_DIFFERS)
        return
    expired_facts = list(expired(products, knowledge, day))
    for product, evidence, expires in expired_facts:
        click.echo(settings.say("catalogue.expired", product=product, evidence=evidence, expires=expires))
    functions = sum(
        len(names) for p in products.values() for g in p.functions for names in (g.yes, g.add_on, g.custom, g.no)
    )
    click.echo(settings.say("catalogue.sound", products=len(products), functions=functions, late=len(expired_facts)))
    if expired_facts:
        raise SystemExit(EXIT_DIFFERS)


def _show_coverage(settings: Settings, products: Mapping[str, Product], counted: tuple[str, ...] | None) -> bool:
    """Print how much is cited of each product, and in all of those the aims are counted over; whether the aims are met."""
    from advisor.selection.coverage import Coverage, coverage_of

    scheme = settings.knowledge().selection
    assert scheme is not None
    aims = scheme.cited
    counted = counted or aims.products

    def shares(share: Coverage) -> dict[str, str]:
        return {
            kind: settings.say(f"catalogue.coverage_{kind}", cited=part.cited, all=part.all, share=part.shown)
            for kind, part in (("functions", share.functions), ("prices", share.prices))
        }

    found = {name: coverage_of(product) for name, product in products.items()}
    for name, share in found.items():
        click.echo(settings.say("catalogue.coverage", product=name, **shares(share)))
    if missing := [name for name in counted if name not in found]:
        click.echo(settings.say("catalogue.coverage_missing", names=", ".join(missing)))
    total = sum((found[name] for name in counted if name in found), Coverage())
    targets = {"functions_target": f"{aims.functions:.0%}", "prices_target": f"{aims.prices:.0%}"}
    click.echo(settings.say("catalogue.coverage_total", count=len(counted), **shares(total), **targets))
    return not missing and total.functions.share >= aims.functions and total.prices.share >= aims.prices


@catalogue.command("show", help=help_text("catalogue_show"))
@click.argument("product_id", metavar="[PRODUCT]", required=False)
@click.option("--date", default=None, help=help_text("date"))
@click.pass_obj
@handle_errors
def show(settings: Settings, product_id: str | None, date: str | None) -> None:
    """List the products, or print one with every fact, its source, date and confidence."""
    knowledge, lang = settings.knowledge(), settings.lang
    if product_id is None:
        for name, product in knowledge.products.items():
            click.echo(f"{click.style(name, bold=True)}  {product.name[lang]} – {product.about[lang]}")
        return
    if product_id not in knowledge.products:
        raise InputError("no_product", name=product_id, nearest=nearest(product_id, knowledge.products) or "–")
    from advisor.selection.fact_items import fact_items

    product, out = knowledge.products[product_id], terminal()
    aliases = escape(settings.say("catalogue.aliases", names=", ".join(product.aliases))) if product.aliases else ""
    out.print(f"[bold]{escape(product.name[lang])}[/bold] ({escape(product.maker[lang])}){aliases}")
    out.print(f"{escape(product.about[lang])}\n")
    day = parse_date(date) or today()
    shown = {
        fact.label["en"]: fact for way in (None, *product.prices) for fact in fact_items(knowledge, product_id, way, day)
    }
    for fact in shown.values():
        value = fact.value[lang] if fact.value else settings.say("catalogue.unknown")
        note = f" – {fact.note[lang]}" if fact.note else ""
        out.print(f"  {escape(fact.label[lang])}: [bold]{escape(value)}[/bold]{escape(note)}")
        if fact.citation:
            _show_source(next(e for e in product.evidence.values() if e.citation == fact.citation), settings, out, day)
    for edition in product.editions.values():
        out.print(
            f"  {escape(settings.say('catalogue.edition', name=edition.name[lang]))}{escape(_edition(edition, settings))}"
        )
        _show_source(product.evidence[edition.by], settings, out, day)
    _show_functions(product, settings, out, {name: finding.title[lang] for name, finding in knowledge.findings.items()}, day)
    for text in product.watch:
        out.print(f"  ! {escape(text[lang])}")


def _edition(edition: Edition, settings: Settings) -> str:
    """What an edition lacks and includes, and how many users it takes."""
    titles, join = settings.knowledge().findings, settings.say("select.join")
    parts = [
        settings.say(f"catalogue.edition_{word}", names=join.join(titles[name].title[settings.lang] for name in names))
        for word, names in (("lacks", edition.lacks), ("includes", edition.includes))
        if names
    ]
    parts += [settings.say("catalogue.edition_users", users=edition.users)] if edition.users else []
    return join.join(parts) or settings.say("catalogue.edition_whole")


def _show_functions(
    product: Product, settings: Settings, out: OutputConsole, titles: dict[str, str], day: datetime.date
) -> None:
    for group in product.functions:
        evidence = product.evidence[group.by]
        for level in LEVELS:
            if names := getattr(group, level):
                joined = settings.say("select.join").join(titles.get(name, name) for name in names)
                out.print(f"  {escape(texts('report')[f'products.support.{level}'][settings.lang].format(names=joined))}")
        _show_source(evidence, settings, out, day)


def _show_source(evidence: Evidence, settings: Settings, out: OutputConsole, day: datetime.date) -> None:
    """Where a fact comes from, how surely and until when, and the page with its words; or that nobody verified it."""
    stale = evidence.expires is not None and evidence.expires < day
    key = "catalogue.unverified" if evidence.unverified else "catalogue.stale" if stale else "catalogue.source"
    grade = texts("report")[f"products.confidence.{evidence.confidence}"][settings.lang]
    values = {"citation": evidence.citation, "checked": evidence.read, "expires": evidence.expires, "grade": grade}
    out.print(f"    [dim]{escape(settings.say(key, **values))}[/dim]")
    if evidence.page:
        out.print(f"    [dim]{escape(settings.say('catalogue.page', page=evidence.page, words=evidence.words))}[/dim]")


@catalogue.command("export", help=help_text("catalogue_export"))
@click.argument("file", type=FILE)
@click.argument("products", nargs=-1)
@click.pass_obj
@handle_errors
def export(settings: Settings, file: Path, products: tuple[str, ...]) -> None:
    """Write products, all of them by default, as a table: CSV or XLSX by the name of the file."""
    from advisor.selection.product_table import to_csv
    from advisor.selection.product_workbook import to_xlsx

    knowledge = settings.knowledge()
    for name in products:
        if name not in knowledge.products:
            raise InputError("no_product", name=name, nearest=nearest(name, knowledge.products) or "–")
    chosen = [product for name, product in knowledge.products.items() if not products or name in products]
    write_file(file, to_xlsx(chosen) if _file_format(file) == "xlsx" else to_csv(chosen))
    click.echo(settings.say("catalogue.exported", count=len(chosen), path=file))


@catalogue.command("import", help=help_text("catalogue_import"))
@click.argument("file", type=FILE)
@click.argument("folder", type=FILE)
@click.option("--replace", is_flag=True, help=help_text("catalogue_replace"))
@click.pass_obj
@handle_errors
def import_(settings: Settings, file: Path, folder: Path, replace: bool) -> None:
    """Turn a table into a catalogue of one's own, a file a product. Nothing is written unless every row is sound."""
    from advisor.selection.product_drafts import product_files
    from advisor.selection.product_table import read_rows

    _file_format(file)
    numbered = read_rows(read_file(file), str(file))
    files = product_files(numbered, str(file), settings.knowledge())
    existing = [name for name in files if (folder / f"{name}.yaml").exists()]
    if existing and not replace:
        raise InputError("products_exist", folder=folder, names=", ".join(existing))
    for name, text in files.items():
        click.echo(str(write_file(folder / f"{name}.yaml", text)))
    click.echo(settings.say_command("catalogue.imported", count=len(files), folder=folder))


def _file_format(file: Path) -> str:
    file_format = file.suffix.lower().removeprefix(".")
    if file_format not in ("csv", "xlsx"):
        raise InputError("bad_format", name=file.suffix or file.name, allowed="csv, xlsx")
    return file_format
