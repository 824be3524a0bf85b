from django.db import migrations, models
from django.utils import timezone

from app.core.columns import ExactCharField, UUIDField
from app.core.ids import uuid7


class Migration(migrations.Migration):
    initial = True
    change = 1  # those of one number are one step of `make rollback`

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", UUIDField(default=uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", ExactCharField(max_length=40)),
                ("created_at", models.DateTimeField(default=timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(editable=False)),
            ],
            options={
                "db_table": "tags",
                "verbose_name_plural": "tags",
                "constraints": [
                    models.UniqueConstraint(fields=["name"], name="uq_tags_name"),
                ],
                "indexes": [
                    models.Index(fields=["-created_at", "id"], name="ix_tags_created_at_id"),
                ],
            },
        ),
    ]
