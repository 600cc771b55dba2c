"""Stations entered before get their point in WGS-84, and those whose people set their hours keep them."""

from django.db import migrations

from linli.kit.coordinates import to_wgs84

BATCH = 500


def measure(apps, schema_editor):
    stations = apps.get_model("directory", "Station").objects
    found = list(stations.exclude(latitude=None).only("latitude", "longitude", "datum"))
    for station in found:
        station.wgs_latitude, station.wgs_longitude = to_wgs84(
            station.latitude, station.longitude, station.datum
        )
    stations.bulk_update(found, ["wgs_latitude", "wgs_longitude"], batch_size=BATCH)


def keep_own_hours(apps, schema_editor):
    """What a fact in the ledger said until now becomes a column."""
    set_by_people = apps.get_model("ledger", "Event").objects.filter(kind="directory.hours_set")
    codes = {subject.partition("/")[2] for subject in set_by_people.values_list("subject", flat=True)}
    stations = apps.get_model("directory", "Station").objects
    for station in stations.filter(code__in=codes) if codes else ():
        station.keeps_own_hours = True
        station.save(update_fields=["keeps_own_hours"])


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_places_desk_and_reports"),
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(measure, migrations.RunPython.noop),
        migrations.RunPython(keep_own_hours, migrations.RunPython.noop),
    ]
