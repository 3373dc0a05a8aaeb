"""How does a notebook read a selection? Snippets that run as they stand, at the address they show."""

_PANDAS = """import pandas as pd

articles = pd.read_csv("{base}recherche.csv?q=type:coupure", dtype={{"id": str}})
articles["published"] = articles["published"].astype("string")
print(articles.groupby(articles["published"].str[:4]).size())
"""
_DUCKDB = """import urllib.request

import duckdb

urllib.request.urlretrieve("{base}recherche.jsonl", "articles.jsonl")
counts = duckdb.sql("select outlet, count(*) from 'articles.jsonl' group by all order by all")
print(counts.fetchall())
"""
_R = """articles <- read.csv("{base}recherche.csv", encoding = "UTF-8",
                     colClasses = c(id = "character"), na.strings = "")
print(table(substr(articles$published, 1, 4)))
"""
_JSONLITE = """library(jsonlite)

articles <- stream_in(url("{base}recherche.jsonl"), verbose = FALSE)
print(sort(table(unlist(articles$departments)), decreasing = TRUE))
"""


def snippets(base: str) -> list[tuple[str, str]]:
    """Return the name of each tool and its code; ``base`` is the address of the archive, with its slash."""
    named = (
        ("Python (pandas)", _PANDAS),
        ("Python (DuckDB)", _DUCKDB),
        ("R", _R),
        ("R (jsonlite)", _JSONLITE),
    )
    return [(name, code.format(base=base)) for name, code in named]
