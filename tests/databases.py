"""The migrated database as a template: built once per set of migrations, copied for each worker.

After a test that commits the worker's database is made as the template is: SQLite's file is copied again, and in
PostgreSQL, where a copy takes a second, the rows that differ are put back (`tests/putting_back.py`).
"""

import fcntl
import hashlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from weakref import WeakSet

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper
from django.dispatch import receiver

from tests.putting_back import keep_rows, put_back_rows


def _fingerprint() -> str:
    """Changes with any migration or reference table of ours, and with the packages' versions."""
    files = sorted(
        path
        for pattern in ("*/migrations/*.py", "*/reference/*", "requirements/runtime.txt", "tests/putting_back.py")
        for path in settings.BASE_DIR.glob(pattern)
    )
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _place() -> Path:
    return Path(tempfile.gettempdir()) / f"portal-migrated-{_fingerprint()}.sqlite3"


def migrated_template() -> Path:
    """An SQLite file with all migrations in it and nothing else; it is not written to."""
    template = _place()
    with open(template.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            making = template.with_suffix(".making")
            making.unlink(missing_ok=True)
            connection.close()
            connection.settings_dict["NAME"] = str(making)
            call_command("migrate", verbosity=0)
            connection.close()
            with sqlite3.connect(making) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()
            making.rename(template)
    return template


class SQLiteTemplate:
    """Every worker has a copy of the migrated database, and after a test that commits, a fresh one."""

    def __init__(self, worker: str) -> None:
        self.template = migrated_template()
        self.mine = Path(tempfile.mkdtemp(prefix="portal-db-")) / f"{worker}.sqlite3"
        shutil.copy(self.template, self.mine)
        connection.close()
        connection.settings_dict["NAME"] = str(self.mine)

    def restore(self) -> None:
        """In place, since a thread of the test may still hold the file open."""
        connection.close()
        with closing(sqlite3.connect(self.template)) as whole, closing(sqlite3.connect(self.mine, timeout=30)) as used:
            used.execute("PRAGMA synchronous=OFF")
            whole.backup(used)

    def drop(self) -> None:
        connection.close()
        shutil.rmtree(self.mine.parent, ignore_errors=True)


class PostgreSQLTemplate:
    """The server keeps one migrated database. Every worker has a copy, made like it after a test that commits."""

    def __init__(self, worker: str) -> None:
        name = connection.settings_dict["NAME"]
        self.template, self.mine = self.migrated(), f"test_{name}_{worker}"
        connection.settings_dict["NAME"] = self.mine
        self._copy()

    @classmethod
    def migrated(cls) -> str:
        """The name of the database with all migrations in it and nothing else."""
        name = connection.settings_dict["NAME"]
        template = f"{name}_migrated_{_fingerprint()}"
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])  # one worker migrates, the others wait
            cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{name}_migrated_"])
            kept = [database for (database,) in cursor.fetchall()]
            if template not in kept:
                for older in kept:
                    cursor.execute(f'DROP DATABASE "{older}"')
                cls._migrate(cursor, template, making=f"{name}_migrated_")
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])
        return template

    @staticmethod
    def _migrate(cursor: CursorWrapper, template: str, making: str) -> None:
        cursor.execute(f'CREATE DATABASE "{making}"')
        connection.settings_dict["NAME"] = making
        call_command("migrate", verbosity=0)
        keep_rows()
        connection.close()
        cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{template}"')

    def restore(self) -> None:
        self._disconnect_all()
        if not put_back_rows():
            self._copy()

    def _copy(self) -> None:
        self.drop()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.mine}" TEMPLATE "{self.template}"')

    def drop(self) -> None:
        self._disconnect_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.mine}"')

    def _disconnect_all(self) -> None:
        """A thread of the tests' sockets keeps its connection, and a process that a test killed may still have one."""
        for wrapper in list(_connected):
            wrapper.inc_thread_sharing()
            wrapper.close()
            wrapper.dec_thread_sharing()
        with connection._nodb_cursor() as cursor:
            # Not DROP … WITH (FORCE): it stumbles over the server's own autovacuum.
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = %s AND usename = current_user",
                [self.mine],
            )


_connected: WeakSet[BaseDatabaseWrapper] = WeakSet()  # in every thread


@receiver(connection_created)
def _remember(connection: BaseDatabaseWrapper, **details: object) -> None:
    _connected.add(connection)


def migrate_meanwhile() -> None:
    """Begin to migrate in a process of its own, while the workers still read the tests. Then they wait for it."""
    if connection.vendor == "postgresql" or not _place().exists():
        subprocess.Popen([sys.executable, "-m", "tests.databases"], cwd=settings.BASE_DIR)


if __name__ == "__main__":
    django.setup()
    if connection.vendor == "postgresql":
        PostgreSQLTemplate.migrated()
    else:
        migrated_template()
