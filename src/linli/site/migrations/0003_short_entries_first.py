from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("site", "0002_full_text")]

    operations = [
        # 2 to the power of 43: the length of the tokens above it, the old number below.
        migrations.RunSQL(
            "UPDATE site_searchentry SET id = length(tokens) * 8796093022208 + id WHERE id < 8796093022208",
            migrations.RunSQL.noop,
        ),
    ]
