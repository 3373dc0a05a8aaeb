"""The schema, step by step. A step that has shipped is never edited: add another."""

from sqlite_utils import Database, Migrations

from archive.addresses import identity, number, publisher_domain
from archive.store import documents, stem_index, summaries
from archive.store.cluster_schema import STATEMENTS

migrations = Migrations("coopress")

_TABLES = """
CREATE TABLE sources (
    slug TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    home TEXT NOT NULL,
    via TEXT NOT NULL,
    publish TEXT NOT NULL,
    declaration TEXT NOT NULL DEFAULT ''
);
CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    domain TEXT
);
CREATE TABLE departments (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    region TEXT NOT NULL,
    prefecture TEXT
);
CREATE TABLE crawls (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    sources TEXT NOT NULL,
    requests INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    problems INTEGER NOT NULL DEFAULT 0,
    outcome TEXT
);
CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources(slug),
    url TEXT NOT NULL,
    role TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    fetched_at TEXT NOT NULL,
    announced TEXT,
    digest TEXT NOT NULL,
    file TEXT NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    UNIQUE (file, offset)
);
CREATE INDEX captures_source_url ON captures(source, url);
CREATE INDEX captures_state ON captures(state);
CREATE TABLE clusters (
    id INTEGER PRIMARY KEY,
    lead INTEGER NOT NULL REFERENCES articles(id),
    size INTEGER NOT NULL
);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources(slug),
    kind TEXT NOT NULL,
    title TEXT,
    kicker TEXT,
    published TEXT,
    published_time TEXT,
    published_precision TEXT,
    published_rule TEXT,
    published_evidence TEXT,
    year TEXT,
    updated TEXT,
    updated_rule TEXT,
    updated_evidence TEXT,
    outlet INTEGER REFERENCES outlets(id),
    authors TEXT NOT NULL DEFAULT '[]',
    departments TEXT NOT NULL DEFAULT '[]',
    language TEXT,
    text TEXT NOT NULL,
    words INTEGER NOT NULL,
    url TEXT NOT NULL,
    board TEXT,
    original TEXT,
    position INTEGER,
    paywalled INTEGER NOT NULL DEFAULT 0,
    cluster INTEGER REFERENCES clusters(id),
    capture INTEGER NOT NULL REFERENCES captures(id),
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL
);
CREATE INDEX articles_source ON articles(source);
CREATE INDEX articles_published ON articles(published);
CREATE INDEX articles_year ON articles(year);
CREATE INDEX articles_capture ON articles(capture);
CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles(id),
    capture INTEGER NOT NULL REFERENCES captures(id),
    digest TEXT NOT NULL,
    title TEXT,
    text TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    UNIQUE (article, capture)
);
CREATE TABLE coops (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    form TEXT,
    siren TEXT,
    commune TEXT,
    department TEXT REFERENCES departments(code),
    website TEXT,
    status TEXT NOT NULL
);
CREATE INDEX coops_department ON coops(department);
CREATE TABLE coop_aliases (
    coop INTEGER NOT NULL REFERENCES coops(id),
    alias TEXT NOT NULL,
    PRIMARY KEY (coop, alias)
);
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles(id),
    coop INTEGER NOT NULL REFERENCES coops(id),
    name TEXT NOT NULL,
    surface TEXT NOT NULL,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    rule TEXT NOT NULL,
    form TEXT,
    department TEXT REFERENCES departments(code)
);
CREATE INDEX mentions_article ON mentions(article);
CREATE INDEX mentions_coop ON mentions(coop);
CREATE TABLE article_departments (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles(id),
    department TEXT NOT NULL REFERENCES departments(code),
    via TEXT NOT NULL,
    evidence TEXT NOT NULL,
    field TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL
);
CREATE INDEX article_departments_article ON article_departments(article);
CREATE INDEX article_departments_department ON article_departments(department);
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles(id),
    start TEXT NOT NULL,
    end TEXT,
    what TEXT NOT NULL,
    place TEXT,
    evidence TEXT NOT NULL,
    evidence_start INTEGER,
    evidence_end INTEGER
);
CREATE INDEX events_article ON events(article);
CREATE INDEX events_start ON events(start);
CREATE TABLE links (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles(id),
    url TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX links_article ON links(article);
CREATE TABLE problems (
    id INTEGER PRIMARY KEY,
    source TEXT REFERENCES sources(slug),
    crawl INTEGER REFERENCES crawls(id),
    capture INTEGER REFERENCES captures(id),
    url TEXT NOT NULL,
    stage TEXT NOT NULL,
    error TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    subject TEXT NOT NULL,
    key TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE takedowns (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE saved_searches (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    query TEXT NOT NULL,
    created_at TEXT NOT NULL
);
"""


@migrations()
def m001_tables(db: Database) -> None:
    """Create every table of the first release."""
    for statement in filter(str.strip, _TABLES.split(";\n")):
        db.execute(statement)


@migrations()
def m002_articles_fts(db: Database) -> None:
    """Index title, kicker and text of articles for full-text search, accents folded."""
    db.table("articles").enable_fts(
        ["title", "kicker", "text"], tokenize="unicode61 remove_diacritics 2", create_triggers=True
    )


@migrations()
def m003_page_shapes(db: Database) -> None:
    """Note what each page can teach about its site."""
    db.execute(
        "CREATE TABLE page_shapes (capture INTEGER PRIMARY KEY REFERENCES captures(id), source TEXT NOT NULL,"
        " title INTEGER NOT NULL, found_root TEXT NOT NULL, judged_root TEXT)"
    )
    db.execute(
        "CREATE TABLE page_blocks (capture INTEGER NOT NULL REFERENCES captures(id), source TEXT NOT NULL,"
        " title INTEGER NOT NULL, digest INTEGER NOT NULL, judged INTEGER NOT NULL,"
        " PRIMARY KEY (capture, digest)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX page_shapes_source ON page_shapes(source)")
    db.execute("CREATE INDEX page_blocks_source_digest ON page_blocks(source, digest)")


@migrations()
def m004_disagreements_images_confidence(db: Database) -> None:
    """Keep what disagrees with a date, the images of an article, and how sure a mention is."""
    db.execute("ALTER TABLE articles ADD COLUMN published_others TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE mentions ADD COLUMN confidence REAL NOT NULL DEFAULT 1.0")
    db.execute("ALTER TABLE mentions ADD COLUMN status TEXT NOT NULL DEFAULT 'directory'")
    db.execute(
        "CREATE TABLE images (id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(id),"
        " url TEXT NOT NULL, caption TEXT)"
    )
    db.execute("CREATE INDEX images_article ON images(article)")
    db.execute("CREATE INDEX articles_kind ON articles(kind)")


@migrations()
def m005_directory_files_and_decisions(db: Database) -> None:
    """Keep what each file of the directory says, and when a decision of the staff was taken back."""
    db.execute(
        "CREATE TABLE directory_entries (coop INTEGER NOT NULL, origin TEXT NOT NULL, name TEXT NOT NULL,"
        " form TEXT, siren TEXT, commune TEXT, department TEXT REFERENCES departments(code), website TEXT,"
        " aliases TEXT NOT NULL DEFAULT '[]', imported_at TEXT, gone_at TEXT, PRIMARY KEY (coop, origin))"
    )
    db.execute(
        "INSERT INTO directory_entries"
        " (coop, origin, name, form, siren, commune, department, website, aliases)"
        " SELECT id, 'csv', name, form, siren, commune, department, website,"
        " (SELECT json_group_array(alias) FROM coop_aliases WHERE coop = coops.id)"
        " FROM coops WHERE status = 'directory'"
    )
    for column in ("origin", "imported_at", "gone_at", "recorded_name"):
        db.execute(f"ALTER TABLE coops ADD COLUMN {column} TEXT")
    for column in ("name", "value_name", "undone_at", "undone_by"):
        db.execute(f"ALTER TABLE corrections ADD COLUMN {column} TEXT")
    db.execute("CREATE INDEX directory_entries_origin ON directory_entries(origin)")
    db.execute("CREATE INDEX corrections_subject_key ON corrections(subject, key)")


@migrations()
def m008_revisits(db: Database) -> None:
    """Know what can be asked for conditionally, what came back unchanged, and what is gone."""
    db.execute("ALTER TABLE captures ADD COLUMN original INTEGER REFERENCES captures(id)")
    for column in ("etag", "last_modified", "tdm_reservation"):
        db.execute(f"ALTER TABLE captures ADD COLUMN {column} TEXT")
    db.execute("ALTER TABLE articles ADD COLUMN gone_at TEXT")
    db.execute("CREATE INDEX captures_original ON captures(original)")


@migrations()
def m009_where_prefectures_lie(db: Database) -> None:
    """Give each department the place of its prefecture, and outlet pages an index."""
    for column in ("latitude", "longitude"):
        db.execute(f"ALTER TABLE departments ADD COLUMN {column} REAL")
    db.execute("CREATE INDEX articles_outlet ON articles(outlet)")


@migrations()
def m040_responses_brought_in(db: Database) -> None:
    """Know which archive of others a response was taken from, or who brought it in by hand and why."""
    for column in ("imported_from", "added_by", "added_why"):
        db.execute(f"ALTER TABLE captures ADD COLUMN {column} TEXT")
    db.execute("CREATE INDEX captures_url ON captures(url)")
    db.execute("CREATE INDEX captures_digest ON captures(digest)")


@migrations()
def m050_clusters(db: Database) -> None:
    """Find articles that share a text: the runs of words they are found by, their likenesses, their subject.

    Triggers note which articles are to be looked at, whoever writes them.
    """
    for statement in STATEMENTS:
        db.execute(statement)
    clippings = db.execute("SELECT id, original FROM articles WHERE original IS NOT NULL").fetchall()
    for article, original in clippings:
        query = "UPDATE articles SET original_article = ? WHERE id = ?"
        db.execute(query, [number(identity(original)), article])
    db.execute("INSERT OR IGNORE INTO cluster_queue SELECT id FROM articles")


@migrations()
def m051_outlets(db: Database) -> None:
    """Know domains, scope and area of an outlet, and of each article its domain and how it was named."""
    db.execute("ALTER TABLE outlets ADD COLUMN domains TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE outlets ADD COLUMN scope TEXT")
    db.execute("ALTER TABLE outlets ADD COLUMN departments TEXT NOT NULL DEFAULT '[]'")
    db.execute("ALTER TABLE outlets ADD COLUMN origin TEXT NOT NULL DEFAULT 'discovered'")
    db.execute("ALTER TABLE articles ADD COLUMN domain TEXT")
    db.execute("ALTER TABLE articles ADD COLUMN outlet_rule TEXT")
    for article, url in db.execute("SELECT id, coalesce(original, url) FROM articles").fetchall():
        db.execute("UPDATE articles SET domain = ? WHERE id = ?", [publisher_domain(url), article])
    db.execute("CREATE INDEX articles_domain ON articles(domain)")


@migrations()
def m060_articles_stems(db: Database) -> None:
    """Index the stems of French words beside the words themselves; the index is filled when it is opened."""
    for statement in stem_index.STATEMENTS:
        db.execute(statement)


@migrations()
def m061_article_summaries(db: Database) -> None:
    """Keep the short columns of articles apart from their texts, for counting and filtering."""
    for statement in summaries.STATEMENTS:
        db.execute(statement)


@migrations()
def m052_watched_sources(db: Database) -> None:
    """Count what watched sources bring and nobody is concerned by, and remember it by number."""
    db.execute("ALTER TABLE crawls ADD COLUMN passed_over INTEGER NOT NULL DEFAULT 0")
    db.execute(
        "CREATE TABLE passed_over (source TEXT NOT NULL REFERENCES sources(slug), page INTEGER NOT NULL,"
        " watch INTEGER NOT NULL, seen_at TEXT NOT NULL, PRIMARY KEY (source, page)) WITHOUT ROWID"
    )


@migrations()
def m041_sections_and_figures(db: Database) -> None:
    """Keep the sections and the figures of publications, and which of them are pictures of text."""
    for statement in documents.STATEMENTS:
        db.execute(statement)


@migrations()
def m020_crawl_costs(db: Database) -> None:
    """Note what each crawl cost, and what went wrong in it by kind."""
    db.execute("ALTER TABLE crawls ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE crawls ADD COLUMN seconds INTEGER")
    db.execute("ALTER TABLE crawls ADD COLUMN errors TEXT NOT NULL DEFAULT '{}'")


@migrations()
def m042_quotes(db: Database) -> None:
    """Keep who says what."""
    for statement in documents.QUOTES:
        db.execute(statement)


@migrations()
def m080_crawls_that_were_cut_short(db: Database) -> None:
    """Close the rows of crawls that were killed: their counts are what was archived until the next crawl."""
    db.execute(
        "CREATE TEMP TABLE cut AS SELECT id, started_at AS start, coalesce("
        " (SELECT min(later.started_at) FROM crawls later WHERE later.id > crawls.id), '9999') AS next"
        " FROM crawls WHERE finished_at IS NULL"
    )
    kept = (
        "FROM captures WHERE imported_from IS NULL AND added_by IS NULL"
        " AND fetched_at >= start AND fetched_at < next"
    )
    db.execute(
        f"UPDATE crawls SET outcome = 'interrupted', requests = (SELECT count(*) {kept}),"
        f" unchanged = (SELECT count(*) {kept} AND state = 'unchanged'),"
        " new = (SELECT count(*) FROM articles WHERE first_seen >= start AND first_seen < next),"
        " problems = (SELECT count(*) FROM problems WHERE crawl = crawls.id),"
        f" finished_at = (SELECT coalesce(max(fetched_at), start) {kept})"
        " FROM cut WHERE cut.id = crawls.id"
    )
    db.execute(
        "UPDATE crawls SET seconds = strftime('%s', finished_at) - strftime('%s', started_at)"
        " WHERE id IN (SELECT id FROM cut)"
    )
    db.execute("DROP TABLE cut")


@migrations()
def m062_article_places(db: Database) -> None:
    """Number the rows of the index of stems by the dates of their articles, and index filters with them."""
    stem_index.put_in_place(db)


@migrations()
def m063_titles_told(db: Database) -> None:
    """Index the words of titles and kickers also as words of their own, which few articles have."""
    stem_index.tell_titles(db)


@migrations()
def m085_dates_of_versions(db: Database) -> None:
    """Keep with each version the date that the page gave then; unknown of those seen before."""
    db.execute("ALTER TABLE versions ADD COLUMN published TEXT")


@migrations()
def m064_values_told(db: Database) -> None:
    """Keep what is counted of very many articles in the order of their places."""
    stem_index.tell_values(db)
