import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='TextLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('path', models.CharField(max_length=500, verbose_name='path')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'text link',
                'verbose_name_plural': 'text links',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'path'), name='text_link_once')],
            },
        ),
        migrations.CreateModel(
            name='TextPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('stem', models.CharField(max_length=40, verbose_name='file')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'text picture',
                'verbose_name_plural': 'text pictures',
                'default_permissions': (),
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='text_picture_of_row')],
                'constraints': [models.UniqueConstraint(fields=('stem', 'content_type', 'object_id'), name='text_picture_once')],
            },
        ),
        migrations.AddIndex(
            model_name='textlink',
            index=models.Index(fields=['path'], name='text_link_to_path'),
        ),
    ]
