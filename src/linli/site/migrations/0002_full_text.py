"""A full-text index over SearchEntry.tokens: FTS5 kept in step by triggers on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE site_searchentry_fts USING fts5(
           tokens, content='site_searchentry', content_rowid='id', tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER site_searchentry_added AFTER INSERT ON site_searchentry BEGIN
           INSERT INTO site_searchentry_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
    """CREATE TRIGGER site_searchentry_removed AFTER DELETE ON site_searchentry BEGIN
           INSERT INTO site_searchentry_fts(site_searchentry_fts, rowid, tokens)
           VALUES ('delete', old.id, old.tokens); END""",
    """CREATE TRIGGER site_searchentry_changed AFTER UPDATE ON site_searchentry BEGIN
           INSERT INTO site_searchentry_fts(site_searchentry_fts, rowid, tokens)
           VALUES ('delete', old.id, old.tokens);
           INSERT INTO site_searchentry_fts(rowid, tokens) VALUES (new.id, new.tokens); END""",
]
POSTGRESQL = [
    "CREATE INDEX site_searchentry_fts ON site_searchentry USING gin (to_tsvector('simple', tokens))",
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER site_searchentry_added",
        "DROP TRIGGER site_searchentry_removed",
        "DROP TRIGGER site_searchentry_changed",
        "DROP TABLE site_searchentry_fts",
    ],
    "postgresql": ["DROP INDEX site_searchentry_fts"],
}


def build(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def undo(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("site", "0001_initial")]
    operations = [migrations.RunPython(build, undo)]
