"""The sample press web is complete, in step with its texts, and speaks of invented hosts alone."""

import csv
import gzip
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive import sample, sources
from archive.sample import content, generate
from archive.sample.french import DAYS, MONTHS, plain

SITES = ("suds", "jura_vosges", "plaines", "liege", "rabot")
TEXTS = [(site, one) for site in SITES for one in content.articles(site)]
TEXTS.append(("jura_vosges", content.letter()))

# Names of XML and JSON vocabularies: they look like addresses and are never fetched.
VOCABULARIES = {"www.w3.org", "purl.org", "www.sitemaps.org", "schema.org"}


def named(text):
    return pytest.param(*text, id=f"{text[0]}/{text[1].path.rsplit('/', 1)[-1]}")


@pytest.fixture(scope="module")
def responses():
    """Every response of the bundled file: its address, status, headers and body."""
    with sample.warc().open("rb") as file:
        return [
            (
                record.rec_headers["WARC-Target-URI"],
                record.http_headers.get_statuscode(),
                dict(record.http_headers.headers),
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file)
            if record.rec_type == "response"
        ]


def test_the_bundled_file_is_in_step_with_the_texts():
    # Compared unpacked: another zlib may pack the same records into other bytes.
    assert gzip.decompress(sample.warc().read_bytes()) == gzip.decompress(generate.press()), (
        "run python -m archive.sample.generate and commit what it writes"
    )
    assert sample.directory().read_text("utf-8") == generate.directory()


def test_two_runs_write_the_same_bytes():
    assert generate.press() == generate.press()


def test_the_bundled_file_is_small():
    assert sample.warc().stat().st_size < 300_000


def test_no_address_lies_outside_example(responses):
    hosts = set()
    for url, _, headers, body in responses:
        hosts.add(urlsplit(url).hostname)
        hosts.add(urlsplit(headers.get("Location", url)).hostname)
        linked = re.findall(rb"https?://([a-z0-9.-]+)", body)
        hosts |= {host.decode() for host in linked} - VOCABULARIES
    assert {host for host in hosts if not host.endswith(".example")} == set()


def test_every_text_is_served_once(responses):
    urls = [url for url, *_ in responses]
    assert len(urls) == len(set(urls))
    for site, article in TEXTS:
        module = next(one for one in generate.SITES if one.__name__.endswith(site))
        assert module.address(article).partition("#")[0] in urls


def test_the_sample_has_what_a_crawl_meets(responses):
    statuses = [status for _, status, _, _ in responses]
    assert {"200", "301", "404"} == set(statuses)
    assert sum(url.endswith("/robots.txt") for url, *_ in responses) == len(SITES)
    pages = [headers for url, status, headers, _ in responses if status == "200"]
    assert all("ETag" in headers for headers in pages)
    assert sum("Last-Modified" in headers for headers in pages) >= 40


def test_the_sample_spans_ten_years_and_the_country():
    years = {one.published.year for _, one in TEXTS if one.published}
    departments = {code for _, one in TEXTS for code in one.departments}
    assert sum(site != "liege" for site, _ in TEXTS) >= 45
    assert sum(site == "liege" for site, _ in TEXTS) >= 10
    assert years == set(range(2014, 2026))
    assert len(departments) >= 30
    assert {"2A", "2B", "971", "973", "974", "976"} <= departments


def test_every_coop_of_the_register_is_in_a_text_unless_it_lives_elsewhere():
    written = {name for _, one in TEXTS for name in one.coops}
    registered = [coop.name for coop in content.coops()]
    assert len(registered) == len(set(registered))
    assert written <= set(registered)
    assert len(written) >= 30
    assert len(registered) - len(written) == 15
    recurring = [name for name in written if sum(name in one.coops for _, one in TEXTS) >= 2]
    assert len(recurring) >= 20


@pytest.mark.parametrize(("site", "article"), [named(text) for text in TEXTS])
def test_a_text_names_the_coops_that_stand_beside_it(site, article):
    text = plain(f"{article.title}\n\n{article.body}")
    forms = {coop.name: coop.form for coop in content.coops()}
    # « Le Grenier » becomes « du Grenier »: the name stands there without its article.
    bare = [plain(re.sub(r"^(?:Le|La|Les) ", "", name)) for name in article.coops]
    assert [name for name in bare if name not in text] == []
    assert set(article.coops) <= set(forms)


@pytest.mark.parametrize(("site", "article"), [named(text) for text in TEXTS])
def test_a_weekday_in_a_text_is_the_right_one(site, article):
    text = plain(f"{article.body}\n\n{article.extra.get('practice', '')}").lower()
    pattern = rf"({'|'.join(DAYS)}) (\d+)(?:er)? ({'|'.join(MONTHS)})(?! dernier)"
    for weekday, day, month in re.findall(pattern, text):
        year = article.published.year
        shown = date(year, MONTHS.index(month) + 1, int(day))
        assert DAYS[shown.weekday()] == weekday, f"{weekday} {day} {month} {year}"


@pytest.mark.parametrize(("site", "article"), [named(one) for one in TEXTS if one[0] != "liege"])
def test_a_text_has_a_readable_length(site, article):
    assert 80 <= len(plain(article.body).split()) <= 340


def test_two_papers_print_the_same_dispatch():
    texts = {site: {plain(one.body)[:300] for one in content.articles(site)} for site in ("plaines", "rabot")}
    assert len(texts["plaines"] & texts["rabot"]) == 1


def test_the_directory_knows_seven_coops_in_ten_and_fifteen_others():
    with sample.directory().open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    written = {name for _, one in TEXTS for name in one.coops}
    listed = {row["name"] for row in rows}
    assert len(listed - written) == 15
    assert 0.65 <= len(listed & written) / len(written) <= 0.75


def test_the_directory_has_valid_numbers_that_no_register_gives():
    sirens = [coop.siren for coop in content.coops() if coop.siren]
    assert len(sirens) == len(set(sirens))
    assert all(siren.startswith("000") and luhn(siren) % 10 == 0 for siren in sirens)


def luhn(number):
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled)


def test_a_source_file_declares_each_site():
    declared = sources.load_all(sample.sources())
    assert {source.kind for source in declared.values()} == {"union", "press", "board", "blog"}
    hosts = {urlsplit(source.home).hostname for source in declared.values()}
    assert hosts == {urlsplit(next(site.answers()).url).hostname for site in generate.SITES}
    expected = sum(source.expect["articles"] for source in declared.values())
    assert expected == len(TEXTS)
