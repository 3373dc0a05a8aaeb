"""One story in many papers is one cluster, whatever came first; a template is none."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from urllib.parse import urljoin

import pytest
from sqlite_utils import Database

from archive import clustering
from archive.addresses import identity, number
from archive.models import Capture, FoundDate, Page, Record
from archive.parsers.records import records
from archive.store import articles, captures, clusters, reference
from archive.store.article_rows import Sighting, article_id
from archive.store.database import prepare
from scrapers.replay import Replay
from tests.test_quality import miniweb_labels, miniweb_pages

DISPATCH = """\
Depuis lundi, quand on appelle la centrale du port, c’est une coopérative qui décroche. Les quarante pilotes \
du bassin ont racheté le standard que leur louait un armateur, au terme de dix-huit mois de discussions.
L’opération, d’un montant de 380 000 euros, met fin à un conflit né d’une redevance passée du simple au \
double. « Nous payions pour attendre », résume Odile Kermadec, première gérante de la structure.
La redevance sera ramenée à quatre pour cent dès le mois de juillet. Les opératrices, jusque-là employées \
par un sous-traitant, entrent au capital et éliront leur représentante en septembre.
Le modèle s’inspire de deux précédents, celui des lamaneurs de la rade et celui des remorqueurs de la \
presqu’île, qui ont ouvert leurs livres aux repreneurs pendant tout l’hiver.
Une seconde tranche de travaux, sur la tour de guet, est annoncée pour le printemps prochain."""
LINES = DISPATCH.split("\n")
CUT = "\n".join(
    (f"PORT-BLANC (AGI). – {LINES[0]}", LINES[1], "Ici, on regarde l’affaire de loin, dit le maire.")
)
PRACTICAL = """\
En pratique
Les rendez-vous de l’union ont lieu dans ses bureaux, au 12 de la rue des Tanneurs, au premier étage. \
L’entrée est libre, dans la limite des places ; l’inscription se fait par courriel ou par téléphone auprès \
de l’accueil, du lundi au jeudi ; les personnes qui ont besoin d’un accès de plain-pied le disent d’avance."""
OWN = (
    "Comment fixer la valeur d’une part sociale quand l’un des associés s’en va ? Deux gérantes racontent.",
    "Le nouveau règlement des aides à la formation tient en douze pages ; un juriste les commente pas à pas.",
    "Trois reprises de l’année sont passées au crible par ceux qui les ont menées, chiffres sur la table.",
)


@pytest.fixture
def db() -> Database:
    database = prepare(Database(memory=True))
    row = {"title": "Presse", "kind": "press", "home": "", "via": "feed", "publish": "link"}
    reference.save_sources(database, [{"slug": "presse", **row}])
    return database


def record(
    host: str,
    text: str = DISPATCH,
    day: str | None = "2024-05-30",
    outlet: str | None = None,
    path: str = "a",
) -> Record:
    published = FoundDate(day, "day", "line", day) if day else None
    return Record(
        f"https://{host}/{path}", "article", title="T", published=published, outlet=outlet, text=text
    )


def store(db: Database, *records: Record, day: int = 1, settle: bool = True) -> list[int]:
    found = []
    for one in records:
        seen = datetime(2024, 6, day, 8, 0, tzinfo=UTC)
        place = db.table("captures").count
        capture = Capture("presse", "article", one.url, 200, None, seen, "", "a.warc.gz", place, 1)
        articles.save(db, Sighting(one, "presse", captures.add(db, capture), one.url, seen))
        found.append(article_id(one))
    if settle:
        clustering.settle(db)
    return found


def grouped(db: Database) -> set[frozenset[int]]:
    found: dict[int, set[int]] = {}
    for cluster, article in db.execute("SELECT cluster, id FROM articles WHERE cluster IS NOT NULL"):
        found.setdefault(cluster, set()).add(article)
    return {frozenset(group) for group in found.values()}


def lead(db: Database) -> int:
    return db.execute("SELECT lead FROM clusters").fetchone()[0]


def everything(db: Database) -> list[list[tuple[object, ...]]]:
    queries = ("SELECT * FROM clusters ORDER BY id", "SELECT id, cluster, subject FROM articles ORDER BY id")
    return [db.execute(query).fetchall() for query in queries]


def test_a_dispatch_that_was_cut_retitled_and_lengthened_is_one_story(db):
    whole, cut = store(db, record("echo.example"), record("clairon.example", CUT, "2024-05-31"))
    assert grouped(db) == {frozenset({whole, cut})}
    assert lead(db) == whole
    assert db.execute("SELECT size, agency FROM clusters").fetchall() == [(2, "AGI")]


def test_what_the_pair_shares_is_told(db):
    pair = sorted(store(db, record("echo.example"), record("clairon.example", CUT)))
    ((key, (common, jaccard, part)),) = clusters.pairs(db).items()
    assert (list(key), common) == (pair, 69)
    assert (round(jaccard, 1), round(part, 1)) == (0.4, 0.8)


def test_other_news_is_no_part_of_it(db):
    store(db, record("echo.example"), record("clairon.example", "\n".join(OWN)))
    assert grouped(db) == set()
    assert db.execute("SELECT count(*) FROM articles WHERE subject = id").fetchone()[0] == 2


def test_articles_of_one_template_are_no_story(db):
    store(db, *(record("union.example", f"{own}\n{PRACTICAL}", path=own[:8]) for own in OWN))
    assert grouped(db) == set()


def test_what_releases_of_a_movement_say_of_it_at_their_end_is_no_story(db):
    # Each a few sentences of its own over the same paragraph, on sites of their own.
    own = [" ".join((line, OWN[number], LINES[number])) for number, line in enumerate(OWN)]
    store(db, *(record(f"union-{n}.example", f"{text}\n{PRACTICAL}") for n, text in enumerate(own)))
    assert grouped(db) == set()


def test_the_same_announcement_a_year_later_is_another_story(db):
    store(db, record("union.example", path="2023"), record("union.example", day="2023-05-30", path="2024"))
    assert grouped(db) == set()


def test_a_mobile_twin_is_one_story_and_never_leads(db):
    mobile, desk = store(db, record("m.clairon.example"), record("www.clairon.example", DISPATCH))
    assert grouped(db) == {frozenset({mobile, desk})}
    assert lead(db) == desk


def test_the_paper_that_the_others_credit_leads(db):
    reprint = f"{DISPATCH}\nCet article a d’abord paru dans Le Phare du Ponant."
    _, origin = store(
        db,
        record("echo.example", reprint, "2024-05-29"),
        record("phare.example", outlet="Le Phare du Ponant"),
    )
    assert lead(db) == origin


def test_a_page_that_is_gone_stays_but_no_longer_leads(db):
    first, second = store(db, record("echo.example"), record("clairon.example", day="2024-05-31"))
    db.execute("UPDATE articles SET gone_at = '2024-07-01T00:00:00Z' WHERE id = ?", [first])
    clustering.settle(db)
    assert (lead(db), grouped(db)) == (second, {frozenset({first, second})})


def test_an_article_that_is_withdrawn_leaves_and_comes_back(db):
    first, second, third = store(db, *(record(f"{host}.example") for host in ("echo", "clairon", "phare")))
    before = everything(db)
    db.execute("INSERT INTO takedowns (article, who, why, at) VALUES (?, 'a', 'b', 'c')", [second])
    clustering.settle(db)
    assert grouped(db) == {frozenset({first, third})}
    db.execute("DELETE FROM takedowns")
    clustering.settle(db)
    assert everything(db) == before


def test_an_article_that_changes_leaves_its_cluster(db):
    store(db, record("echo.example"), record("clairon.example"))
    store(db, record("clairon.example", "\n".join(OWN)), day=2)
    assert (grouped(db), db.table("clusters").count) == (set(), 0)


def test_the_cluster_keeps_its_id_when_another_paper_joins(db):
    store(db, record("echo.example"), record("clairon.example"))
    before = db.execute("SELECT id FROM clusters").fetchall()
    store(db, record("phare.example", CUT, "2024-05-28"), day=2)
    assert db.execute("SELECT id, size FROM clusters").fetchall() == [(*before[0], 3)]


def test_the_order_of_arrival_makes_no_difference(db):
    hosts = ("echo", "clairon", "phare", "ponant", "vigie")
    records = [
        record(f"{host}.example", CUT if number % 2 else DISPATCH) for number, host in enumerate(hosts)
    ]
    store(db, *records)
    other = prepare(Database(memory=True))
    row = {"slug": "presse", "title": "P", "kind": "press", "home": "", "via": "feed", "publish": "link"}
    reference.save_sources(other, [row])
    for one in reversed(records):
        store(other, one)
    assert everything(db) == everything(other)


def test_settling_twice_looks_at_nothing(db):
    store(db, record("echo.example"), record("clairon.example"))
    before = everything(db)
    assert clustering.settle(db) == 0
    store(db, record("echo.example"), settle=False)  # read again, as it was
    assert clustering.settle(db) == 0
    assert everything(db) == before


def test_a_clipping_is_of_the_subject_of_the_page_it_was_cut_from(db):
    board = "https://planche.example/id1"
    clipping = Record(
        f"{board}#t1",
        "clipping",
        title="T",
        text=LINES[0],
        board=board,
        original="http://www.echo.example/a/?utm_source=x",
    )
    elsewhere = Record(
        f"{board}#t2", "clipping", title="T", text="A", board=board, original="https://b.example/x"
    )
    first, second = store(db, clipping, elsewhere)
    store(db, record("echo.example"), record("clairon.example"), day=2)
    subjects = dict(db.execute("SELECT id, subject FROM articles"))
    assert subjects[first] == db.execute("SELECT id FROM clusters").fetchone()[0]
    assert subjects[second] not in subjects
    assert grouped(db) == {
        frozenset(
            db.execute("SELECT id FROM articles WHERE kind = 'article'").fetchall()[n][0] for n in (0, 1)
        )
    }


def test_an_empty_text_is_like_nothing(db):
    store(db, record("echo.example", ""), record("clairon.example", ""), record("phare.example", "Bref."))
    assert grouped(db) == set()


MINIWEB = Path(__file__).parents[2] / "shared" / "miniweb"


@pytest.mark.skipif(not MINIWEB.is_dir(), reason=f"{MINIWEB} is absent")
def test_the_dispatches_and_twins_of_the_invented_web(db):
    labels = {label["url"]: label for label in miniweb_labels()}
    found = (one for page in miniweb_pages() for one in records(page))
    store(db, *(replace(one, coops=(), departments=()) for one in found))
    story = {
        article: label["cluster"]
        for url, article in db.execute("SELECT url, id FROM articles")
        if (label := labels.get(url)) and label.get("cluster")
    }
    wanted = {pair for pair in combinations(sorted(story), 2) if story[pair[0]] == story[pair[1]]}
    joined = {pair for group in grouped(db) for pair in combinations(sorted(group), 2)}
    right = len(wanted & joined)
    assert len(wanted) >= 7
    assert 2 * right / (len(wanted) + len(joined)) >= 0.97


@pytest.mark.skipif(not MINIWEB.is_dir(), reason=f"{MINIWEB} is absent")
def test_every_copy_of_an_article_of_the_invented_web_is_that_article():
    """AMP, print and mobile copies, short and tracking addresses; those that were recorded as they say."""
    replay = Replay(MINIWEB / "web.warc.gz")
    twins = [(label["url"], variant) for label in miniweb_labels() for variant in label.get("variants") or []]
    assert len(twins) >= 30
    assert [pair for pair in twins if len({_article_at(replay, url) for url in pair}) != 1] == []


def _article_at(replay: Replay, url: str) -> int:
    """Return the id of the article at an address, redirects followed; where none is recorded, by address."""
    for _ in range(3):
        answer = replay.answer(url)
        if answer is None:
            return number(identity(url))
        headers = {name.lower(): value for name, value in answer.headers}
        if answer.status < 300:
            break
        url = urljoin(url, headers["location"])
    (found,) = records(Page(url, answer.body, headers.get("content-type"), answer.fetched_at))
    return article_id(found)
