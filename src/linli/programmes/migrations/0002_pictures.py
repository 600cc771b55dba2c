import django.db.models.deletion
from django.db import migrations, models

import linli.kit.ids


def move_over(apps, _schema_editor):
    """The one picture a programme had is its first."""
    programmes = apps.get_model("programmes", "Programme").objects.exclude(picture="")
    pictures = apps.get_model("programmes", "ProgrammePicture").objects
    for programme in programmes.iterator():
        pictures.create(programme=programme, number=1, file=programme.picture.name, alt=programme.picture_alt)


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="programme", name="programme_picture_described"),
        migrations.CreateModel(
            name="ProgrammePicture",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linli.kit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("file", models.FileField(max_length=200, upload_to="programmes")),
                ("alt", models.CharField(max_length=300)),
                ("credit", models.CharField(blank=True, max_length=100)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="programmes.programme",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "indexes": [models.Index(fields=["file"], name="programme_picture_file")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "number"), name="programme_picture_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alt", ""), _negated=True), name="programme_picture_described"
                    ),
                ],
            },
        ),
        migrations.RunPython(move_over),
        migrations.RemoveIndex(model_name="programme", name="programme_picture"),
        migrations.RemoveField(model_name="programme", name="picture"),
        migrations.RemoveField(model_name="programme", name="picture_alt"),
    ]
