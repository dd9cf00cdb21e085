from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel("Member", fields=[
            ("id", models.BigAutoField(primary_key=True)),
            ("email", models.EmailField(unique=True)),
            ("welcomed", models.BooleanField(default=False)),
        ]),
        migrations.CreateModel("Audit", fields=[
            ("id", models.BigAutoField(primary_key=True)),
            ("what", models.CharField(max_length=80)),
        ]),
    ]
