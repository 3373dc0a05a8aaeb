"""What is asked of every article again and again? Its short columns, apart from its text, kept by triggers.

A text takes thousands of bytes; counting two hundred thousand articles beside them would read them all.
"""

_COLUMNS = ("published", "year", "source", "kind", "outlet", "language", "departments")
_LISTED = ", ".join(_COLUMNS)
_NEW = ", ".join(f"new.{column}" for column in _COLUMNS)
# « or replace » would give way to the policy of the statement that sets off the trigger.
_WRITE = (
    "BEGIN DELETE FROM article_summaries WHERE id = new.id;"
    f" INSERT INTO article_summaries (id, {_LISTED}) VALUES (new.id, {_NEW}); END"
)

STATEMENTS = (
    "CREATE TABLE article_summaries (id INTEGER PRIMARY KEY, published TEXT, year TEXT, source TEXT,"
    " kind TEXT, outlet INTEGER, language TEXT, departments TEXT)",
    f"INSERT INTO article_summaries SELECT id, {_LISTED} FROM articles",
    "CREATE INDEX article_summaries_published ON article_summaries(published)",
    "CREATE INDEX article_departments_department_article ON article_departments(department, article)",
    "CREATE INDEX article_departments_article_department ON article_departments(article, department)",
    "CREATE INDEX mentions_coop_article ON mentions(coop, article)",
    f"CREATE TRIGGER article_summaries_insert AFTER INSERT ON articles {_WRITE}",
    f"CREATE TRIGGER article_summaries_update AFTER UPDATE OF {_LISTED} ON articles {_WRITE}",
    "CREATE TRIGGER article_summaries_delete AFTER DELETE ON articles"
    " BEGIN DELETE FROM article_summaries WHERE id = old.id; END",
)
"""What a migration runs."""
