"""What 0001 and 0002 come to, in one step, for a new database. Those stay for databases that began before."""

import core.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('sealing', '0001_initial'), ('sealing', '0002_receipts')]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('public_key', models.BinaryField(max_length=32)),
                ('length', models.PositiveIntegerField(help_text='How many bytes every answer is filled up to')),
                ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed, its answers opened'), ('void', 'Void, its answers never opened')], default='open', max_length=6)),
                ('opened_at', models.DateTimeField(default=core.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('answers', models.PositiveIntegerField(help_text='How many were handed in, once it has ended', null=True)),
                ('reason', models.CharField(blank=True, help_text='Why it is void', max_length=300)),
                ('has_key', models.BooleanField(default=True, help_text='Until its private key has been destroyed')),
            ],
            options={
                'verbose_name': 'round of sealed answers',
                'verbose_name_plural': 'rounds of sealed answers',
                'ordering': ['-opened_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answers__isnull', True), ('ended_at__isnull', True), ('has_key', True), ('state', 'open')), models.Q(('answers__isnull', False), ('ended_at__isnull', False), ('state__in', ['closed', 'void'])), _connector='OR'), name='a_round_has_ended_or_is_open'), models.CheckConstraint(condition=models.Q(('state', 'void'), ('reason', ''), _connector='XOR'), name='a_void_round_alone_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(blank=True, help_text='Where no account stands for them: what does, digested', max_length=64)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='sealing.round')),
            ],
            options={
                'verbose_name': 'mark of a sealed answer',
                'verbose_name_plural': 'marks of sealed answers',
                'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='a_person_answers_a_round_once'), models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('round', 'key'), name='a_key_answers_a_round_once'), models.CheckConstraint(condition=models.Q(('person__isnull', True), ('key', ''), _connector='XOR'), name='a_mark_is_of_a_person_or_a_key')],
            },
        ),
        migrations.CreateModel(
            name='Staged',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('box', models.BinaryField()),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staged', to='sealing.round')),
                ('receipt', models.CharField(blank=True, help_text='Digest of the receipt with which it can be taken back', max_length=64)),
            ],
            options={
                'verbose_name': 'sealed answer',
                'verbose_name_plural': 'sealed answers',
                'constraints': [models.UniqueConstraint(condition=models.Q(('receipt', ''), _negated=True), fields=('round', 'receipt'), name='a_receipt_is_of_one_sealed_answer')],
            },
        ),
    ]
