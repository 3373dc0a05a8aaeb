"""The page for maintainers names every key, and no other."""

import re
import tomllib
from pathlib import Path

from archive.sources import KEYS, load

PAGE = (Path(__file__).parents[2] / "docs/sources.md").read_text("utf-8")
TABLES = {"fetch", "watch", "layout", "expect", "rights"}


def test_every_key_that_is_read_stands_in_the_table_and_no_other():
    written = set(re.findall(r"^\| `([a-z_.]+)` \|", PAGE, re.MULTILINE))
    read = {f"{table}.{key}".lstrip(".") for table, keys in KEYS.items() for key in keys} - TABLES
    assert written == read


def test_the_example_loads(tmp_path):
    example = re.search(r"```toml\n(.+?)```", PAGE, re.DOTALL).group(1)
    path = tmp_path / "union_bocage.toml"
    path.write_text(example, "utf-8")
    assert load(path).title == tomllib.loads(example)["title"]
