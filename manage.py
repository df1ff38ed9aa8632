#!/usr/bin/env python3
"""Rapport's command line. A command that needs the database gets one, whether `make run` runs or not."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from config.stack.home import CODE, Problem, keys, open_home
from config.stack.services import ready_services

NO_DATABASE = {
    "check",
    "collectstatic",
    "diffsettings",
    "findstatic",
    "help",
    "makemigrations",
    "spectacular",
    "statement",
    "version",
}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    place = Path(os.environ.get("RAPPORT_HOME") or CODE / "var").absolute()
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    asks_only = command.startswith("-") or {"-h", "--help", "--version"} & set(sys.argv)
    if (command in NO_DATABASE and "--database" not in sys.argv) or asks_only or os.environ.get("DATABASE_URL"):
        adopt(keys(place, make=False))
        execute_from_command_line(sys.argv)
        return 0
    try:
        home = open_home(place)
        with ready_services(home, migrate=command != "migrate") as services:
            adopt(services.env)
            execute_from_command_line(sys.argv)
    except Problem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


def adopt(env: dict[str, str]) -> None:
    """Set what the environment does not say yet."""
    os.environ.update({name: value for name, value in env.items() if not os.environ.get(name)})


if __name__ == "__main__":
    sys.exit(main())
