"""Every rule that the parsers can write down has its French name and sentence."""

import ast
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette

import archive.parsers
import scrapers
from archive.models import DepartmentMention
from archive.serve import french, rules

CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
# Where the parsers write a rule down: as an argument of these, or beside what finds it, in a pair.
MAKERS = {"Claim", "Known", "Occurrence", "FoundDate", "OtherDate", "stamp", "_shown", "replace"}
# What else stands in such places: precisions.
NO_RULES = {"day", "month", "year"}
PAIRS = ([True, False], [False, True])

PARSERS = Path(archive.parsers.__file__).parent
DATED = ("date*", "declared_dates", "stamps", "pdf*", "clipping*", "board*")
NAMED = ("coop*", "known_coops")


def written(folder: Path, stems: tuple[str, ...]) -> set[str]:
    """Return the codes that the modules of these names write down."""
    files = [file for stem in stems for file in folder.glob(f"{stem}.py")]
    found = {code for file in files for node in ast.walk(ast.parse(file.read_text())) for code in codes(node)}
    return found - NO_RULES


def codes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and name_of(node.func) in MAKERS:
        for argument in [*node.args, *(k.value for k in node.keywords if k.arg == "rule")]:
            for inner in (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else [argument]:
                yield from code_in(inner)
            if isinstance(argument, ast.Call) and name_of(argument.func) == "get":
                yield from code_in(argument.args[-1])
    if isinstance(node, ast.Tuple) and [isinstance(one, ast.Constant) for one in node.elts] in PAIRS:
        for one in node.elts:
            yield from code_in(one)


def code_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        yield node.value


def name_of(function: ast.expr) -> str:
    return getattr(function, "id", None) or getattr(function, "attr", "")


def stages() -> set[str]:
    """Return the third argument of each call that notes a problem, in the crawl or after it."""
    found = set()
    root = Path(scrapers.__file__).parent
    for file in [
        *root.rglob("*.py"),
        *root.parent.glob("archive/*.py"),
        *root.parent.glob("archive/imports/*.py"),
        *root.parent.glob("archive/cli/*.py"),
    ]:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and name_of(node.func) in {"problem", "note_capture"}:
                for argument in node.args:
                    either = isinstance(argument, ast.IfExp)
                    for inner in (argument.body, argument.orelse) if either else [argument]:
                        found |= set(code_in(inner))
    return found


def test_every_rule_of_dates_has_french_words() -> None:
    found = written(PARSERS, DATED)
    assert {"json_ld", "label", "pdf_line", "tile_text"} <= found <= set(rules.DATES)


def test_every_rule_of_mentions_has_french_words() -> None:
    found = written(PARSERS, NAMED)
    assert {"directory", "form_before", "is_a_coop", "named_again"} <= found <= set(rules.MENTIONS)


def test_every_way_to_a_department_has_french_words() -> None:
    via = typing.get_type_hints(DepartmentMention)["via"]
    assert set(typing.get_args(via)) == set(rules.DEPARTMENTS)


def test_every_stage_of_a_problem_has_french_words() -> None:
    assert stages() == set(rules.STAGES)


def test_every_rule_that_names_an_outlet_has_french_words() -> None:
    sources = [PARSERS / "clipping_outlets.py", PARSERS / "outlets.py", PARSERS.parent / "outlets.py"]
    found = {
        code
        for file in sources
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and name_of(node.func) in {"NamedOutlet", "replace"}
        for argument in [*node.args[1:], *(k.value for k in node.keywords if k.arg == "outlet_rule")]
        for code in code_in(argument)
    }
    assert found == set(rules.OUTLETS)


@pytest.mark.parametrize("told", [one for codes in rules.COLUMNS.values() for one in codes.values()])
def test_a_rule_has_a_short_name_and_a_sentence(told: rules.Told) -> None:
    assert len(told.label) <= 26
    assert told.sentence.endswith(".")


def test_a_code_without_french_words_is_shown_as_it_is() -> None:
    assert french.word("rule", "new_rule") == "new_rule"
    assert rules.sentence("rule", "new_rule") == "new_rule"


async def test_the_page_of_rules_explains_each_and_leads_to_what_it_found(archive: Datasette) -> None:
    page = (await archive.client.get("/-/regles")).text
    for column, codes in rules.COLUMNS.items():
        for code in codes if column != "updated_rule" else ():
            assert f'id="{column}-{code}"' in page
    assert 'href="/archive/articles?published_rule=json_ld"' in page
