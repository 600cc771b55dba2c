"""PostgreSQL keeps the tokens taken apart, and in the row itself: for a common word it walks along the rows in their order,
and taking each apart, or fetching it from elsewhere, cost more than all the rest of the page."""

from django.db import migrations

FORWARD = [
    "DROP INDEX site_searchentry_fts",
    "ALTER TABLE site_searchentry SET (toast_tuple_target = 8160)",
    """ALTER TABLE site_searchentry
           ADD COLUMN vector tsvector GENERATED ALWAYS AS (strip(to_tsvector('simple', tokens))) STORED""",
    "CREATE INDEX site_searchentry_fts ON site_searchentry USING gin (vector)",
]
BACK = [
    "DROP INDEX site_searchentry_fts",
    "ALTER TABLE site_searchentry DROP COLUMN vector",
    "ALTER TABLE site_searchentry RESET (toast_tuple_target)",
    "CREATE INDEX site_searchentry_fts ON site_searchentry USING gin (to_tsvector('simple', tokens))",
]


def forward(apps, schema_editor):
    run(schema_editor, FORWARD)


def back(apps, schema_editor):
    run(schema_editor, BACK)


def run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("site", "0003_short_entries_first")]
    operations = [migrations.RunPython(forward, back)]
