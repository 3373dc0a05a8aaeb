"""The list of sources lines up."""

from archive.sources import load
from archive.sources.new import new_source
from archive.sources.overview import table


def test_each_source_has_an_aligned_line(tmp_path):
    new_source(tmp_path, None, "echo", "https://echo-des-rives.example/rss.xml")
    new_source(tmp_path, None, "union_bocage", "https://bocage.coop/actualites")
    sources = [load(tmp_path / "echo.toml"), load(tmp_path / "union_bocage.toml")]
    assert table(sources).splitlines() == [
        "slug          kind   via      title                   home",
        "echo          press  feed     echo-des-rives.example  https://echo-des-rives.example/",
        "union_bocage  union  listing  bocage.coop             https://bocage.coop/",
    ]
