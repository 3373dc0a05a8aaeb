"""The statements of step m050: clusters, and the triggers that note what they must look at."""

STATEMENTS = (
    "ALTER TABLE clusters ADD COLUMN agency TEXT",
    "ALTER TABLE articles ADD COLUMN original_article INTEGER",
    "ALTER TABLE articles ADD COLUMN subject INTEGER",
    "CREATE INDEX articles_cluster ON articles(cluster)",
    "CREATE INDEX articles_original_article ON articles(original_article)",
    "CREATE INDEX articles_subject ON articles(subject)",
    "CREATE INDEX clusters_lead ON clusters(lead)",
    """
    CREATE TABLE similarities (
        article INTEGER NOT NULL REFERENCES articles(id),
        other INTEGER NOT NULL REFERENCES articles(id),
        common INTEGER NOT NULL,
        jaccard REAL NOT NULL,
        part REAL NOT NULL,
        PRIMARY KEY (article, other)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX similarities_other ON similarities(other)",
    """
    CREATE TABLE article_samples (
        article INTEGER PRIMARY KEY,
        site TEXT NOT NULL,
        step INTEGER NOT NULL,
        runs BLOB NOT NULL,
        credit TEXT
    )
    """,
    """
    CREATE TABLE article_runs (
        run INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (run, article)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE cluster_queue (article INTEGER PRIMARY KEY)",
    """
    CREATE TRIGGER articles_queue_new AFTER INSERT ON articles BEGIN
        INSERT INTO cluster_queue SELECT new.id WHERE new.id NOT IN (SELECT article FROM cluster_queue);
    END
    """,
    """
    CREATE TRIGGER articles_queue_changed
    AFTER UPDATE OF kind, text, url, published, outlet, authors, gone_at, original_article ON articles
    WHEN (new.kind, new.text, new.url, new.published, new.outlet, new.authors, new.gone_at,
          new.original_article)
    IS NOT (old.kind, old.text, old.url, old.published, old.outlet, old.authors, old.gone_at,
            old.original_article)
    BEGIN
        INSERT INTO cluster_queue SELECT new.id WHERE new.id NOT IN (SELECT article FROM cluster_queue);
    END
    """,
    """
    CREATE TRIGGER articles_queue_gone AFTER DELETE ON articles BEGIN
        INSERT INTO cluster_queue SELECT old.id WHERE old.id NOT IN (SELECT article FROM cluster_queue);
    END
    """,
    """
    CREATE TRIGGER takedowns_queue_new AFTER INSERT ON takedowns BEGIN
        INSERT INTO cluster_queue SELECT new.article
        WHERE new.article NOT IN (SELECT article FROM cluster_queue);
    END
    """,
    """
    CREATE TRIGGER takedowns_queue_gone AFTER DELETE ON takedowns BEGIN
        INSERT INTO cluster_queue SELECT old.article
        WHERE old.article NOT IN (SELECT article FROM cluster_queue);
    END
    """,
)
