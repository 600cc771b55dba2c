from django.db import migrations, models

from linli.kit.ids import uuid7


def number(apps, schema_editor):
    """Every row gets its own."""
    offers = apps.get_model("directory", "ServiceAtStation")._base_manager
    while batch := list(offers.filter(uid=None).only("pk").order_by("pk")[:500]):
        for offer in batch:
            offer.uid = uuid7()
        offers.bulk_update(batch, ["uid"])


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_wrong_notes_and_late_counts")]

    operations = [
        migrations.AddField(
            model_name="serviceatstation",
            name="uid",
            field=models.UUIDField(null=True, editable=False),
        ),
        migrations.RunPython(number, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="serviceatstation",
            name="uid",
            field=models.UUIDField(unique=True, default=uuid7, editable=False),
        ),
    ]
