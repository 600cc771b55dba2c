from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_measure_and_own_hours")]

    operations = [
        migrations.AddConstraint(
            model_name="station",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("latitude", None),
                        ("longitude", None),
                        ("wgs_latitude", None),
                        ("wgs_longitude", None),
                    ),
                    models.Q(
                        ("latitude__gte", -90),
                        ("latitude__lte", 90),
                        ("longitude__gte", -180),
                        ("longitude__lte", 180),
                        ("wgs_latitude__isnull", False),
                        ("wgs_longitude__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="station_point",
            ),
        ),
    ]
