import datetime
import django.core.validators
import django.db.models.deletion
import postportal.images.models
import postportal.text.fields
import postportal.web.date_fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Image',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(help_text='JPEG, PNG, WebP or GIF, up to 20 MB and 40 megapixels. Ideally at least 1600 pixels wide.', max_length=120, upload_to=postportal.images.models.random_file_name, verbose_name='file')),
                ('title', models.CharField(blank=True, help_text='Helps you find the picture in the library. Not shown to readers.', max_length=200, verbose_name='title')),
                ('alt', models.CharField(blank=True, help_text='Describe the picture in one sentence for readers who cannot see it, without “picture of”.', max_length=300, verbose_name='alternative text')),
                ('is_decorative', models.BooleanField(default=False, help_text='The picture adds nothing to the text and needs no alternative text.', verbose_name='decorative')),
                ('caption', models.CharField(blank=True, max_length=500, verbose_name='caption')),
                ('credit', models.CharField(blank=True, help_text='Name of the photographer or artist, for example “Picture: Li Na, China Post”.', max_length=200, verbose_name='credit')),
                ('collection', models.CharField(blank=True, help_text='Pictures that belong together, for example “Mountain post 2026”. Filters the library.', max_length=80, verbose_name='collection')),
                ('licence', models.CharField(blank=True, help_text='Terms of use, for example “Agency contract, print and web”. Not shown to readers.', max_length=200, verbose_name='licence')),
                ('licence_until', postportal.web.date_fields.RangedDateField(blank=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), help_text='Last day of the licence. It is on the dashboard 30 days before. Leave blank if it has no end.', is_end=True, null=True, verbose_name='licence until', years_ahead=50)),
                ('folded_texts', postportal.text.fields.FoldedField(db_index=False, max_length=1500, of='texts')),
                ('focal_x', models.FloatField(default=0.5, help_text='0 is the left edge, 1 the right edge. Crops keep this point in view.', validators=[django.core.validators.MinValueValidator(0.0), django.core.validators.MaxValueValidator(1.0)], verbose_name='focal point, horizontal')),
                ('focal_y', models.FloatField(default=0.5, help_text='0 is the top edge, 1 the bottom edge.', validators=[django.core.validators.MinValueValidator(0.0), django.core.validators.MaxValueValidator(1.0)], verbose_name='focal point, vertical')),
                ('crop_left', models.FloatField(default=0.0, validators=[django.core.validators.MinValueValidator(0.0), django.core.validators.MaxValueValidator(1.0)], verbose_name='crop, left edge')),
                ('crop_top', models.FloatField(default=0.0, validators=[django.core.validators.MinValueValidator(0.0), django.core.validators.MaxValueValidator(1.0)], verbose_name='crop, top edge')),
                ('crop_right', models.FloatField(default=1.0, validators=[django.core.validators.MinValueValidator(0.0), django.core.validators.MaxValueValidator(1.0)], verbose_name='crop, right edge')),
                ('crop_bottom', models.FloatField(default=1.0, validators=[django.core.validators.MinValueValidator(0.0), django.core.validators.MaxValueValidator(1.0)], verbose_name='crop, bottom edge')),
                ('width', models.PositiveIntegerField(editable=False, verbose_name='width')),
                ('height', models.PositiveIntegerField(editable=False, verbose_name='height')),
                ('source_sha256', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('renditions', models.JSONField(default=dict, editable=False, verbose_name='renditions')),
                ('created_at', postportal.web.date_fields.RangedDateTimeField(auto_now_add=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='uploaded at')),
                ('modified_at', postportal.web.date_fields.RangedDateTimeField(auto_now=True, days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='modified at')),
            ],
            options={
                'verbose_name': 'picture',
                'verbose_name_plural': 'pictures',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['-created_at', '-id'], name='image_newest'), models.Index(fields=['file'], name='image_of_file')],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_decorative', True), models.Q(('alt', ''), _negated=True), _connector='OR'), name='image_has_alt', violation_error_message='Add alternative text, or mark the picture as decorative.'), models.CheckConstraint(condition=models.Q(('focal_x__gte', 0), ('focal_x__lte', 1), ('focal_y__gte', 0), ('focal_y__lte', 1)), name='image_focal_point_inside', violation_error_message='The focal point must be between 0 and 1.'), models.CheckConstraint(condition=models.Q(('crop_left__gte', 0), ('crop_left__lt', models.F('crop_right')), ('crop_right__lte', 1), ('crop_top__gte', 0), ('crop_top__lt', models.F('crop_bottom')), ('crop_bottom__lte', 1)), name='image_crop_inside', violation_error_message='The crop must be within the picture.')],
            },
        ),
        migrations.CreateModel(
            name='ImageFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='file')),
                ('stem', models.CharField(max_length=40, unique=True)),
                ('width', models.PositiveIntegerField(verbose_name='width')),
                ('height', models.PositiveIntegerField(verbose_name='height')),
                ('source_sha256', models.CharField(blank=True, max_length=64)),
                ('uploaded_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), verbose_name='uploaded at')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='images.image', verbose_name='picture')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uploaded by')),
            ],
            options={
                'verbose_name': 'file of a picture',
                'verbose_name_plural': 'files of pictures',
                'ordering': ['-uploaded_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='DeletedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('deleted_at', postportal.web.date_fields.RangedDateTimeField(days=(datetime.date(1970, 1, 1), datetime.date(2999, 12, 31)), db_index=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
