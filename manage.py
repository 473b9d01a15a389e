#!/usr/bin/env python
"""Django's command line, and `site`, which only watches over processes and starts without Django."""

import os
import sys
import time

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    if sys.argv[1:2] == ["site"]:
        from portal.supervisor import main

        sys.exit(main(sys.argv[2:]))

    from django.core.management import execute_from_command_line

    began = time.monotonic()
    execute_from_command_line(sys.argv)
    if len(sys.argv) > 1:
        import structlog

        seconds = round(time.monotonic() - began, 1)
        structlog.get_logger("site.commands").info("command_finished", command=sys.argv[1], seconds=seconds)
