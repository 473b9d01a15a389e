import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core.jobs import take_back_lost_tasks


class Command(BaseCommand):
    help = "The site and its worker in one terminal. Ctrl-C or SIGTERM stops both; a worker that died is started again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT)
        # With DEMO=1 anyone may become anyone, so nobody else's machine may reach it unless told so.
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))

    def handle(self, *, port: int, host: str, **options: Any) -> None:
        if is_taken(host, port):
            self.stderr.write(f"Port {port} is taken. Stop what runs there, or choose another: PORT=8001 make start")
            sys.exit(1)
        manage = [sys.executable, sys.argv[0]]
        worker_id = f"site-{os.getpid()}"
        commands = {
            "web": [*manage, "runserver", "--noreload", "--skip-checks", f"{host}:{port}"],
            "worker": [*manage, "worker", "--worker-id", worker_id],
        }

        # Each child leads its own group, so that Ctrl-C reaches us alone and we stop them in order, once.
        def start(name: str) -> subprocess.Popen:
            quiet = subprocess.DEVNULL if name == "web" else None
            return subprocess.Popen(commands[name], start_new_session=True, stdout=quiet)  # noqa: S603 - our own commands

        stopping = False

        def stop(signum: int, frame: object) -> None:
            nonlocal stopping
            stopping = True

        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            signal.signal(getattr(signal, name), stop)
        children = {name: start(name) for name in commands}
        announced = False
        while not stopping and children["web"].poll() is None:
            if not announced and is_taken(host, port):
                announced = True
                self.stdout.write(
                    f"{time.strftime('%H:%M:%S')}  The site answers on {settings.BASE_URL}  (Ctrl-C stops it)"
                )
                self.stdout.flush()
            if children["worker"].poll() is not None:
                self.stdout.write(f"The worker ended ({children['worker'].returncode}); starting it again")
                take_back_lost_tasks(worker_id=worker_id)
                time.sleep(1)
                children["worker"] = start("worker")
            time.sleep(0.2)
        for child in children.values():
            if child.poll() is None:
                child.terminate()
        for child in children.values():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
        self.stdout.write("Stopped")
        sys.exit(0 if stopping else children["web"].returncode or 1)


def is_taken(host: str, port: int) -> bool:
    """Whether something answers there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host if host != "0.0.0.0" else "127.0.0.1", port)) == 0  # noqa: S104 - compared, not bound
