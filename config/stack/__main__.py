"""``python -m config.stack run|with|test|backup|restore``: what the Makefile calls."""

import argparse
import os
import sys
from pathlib import Path

from config.stack import backup, test
from config.stack.home import CODE, Problem, open_home
from config.stack.run import run


def main(arguments: list[str] | None = None) -> int:
    top = parser()
    # What this program does not know is pytest's, options first or last; of the other commands it is a mistake.
    options, others = top.parse_known_args(arguments)
    if others and options.command != "test":
        top.error(f"unrecognized arguments: {' '.join(others)}")
    try:
        if options.command == "test":
            return test.run_tests(others)
        home = open_home(os.environ.get("RAPPORT_HOME") or CODE / "var")
        if options.command == "run":
            return run(home, port=options.port, demo=options.demo, host=options.host)
        file = Path(options.file).expanduser().absolute()
        return (backup.back_up if options.command == "backup" else backup.restore)(home, file)
    except Problem as problem:
        if str(problem):
            sys.stderr.write(f"{problem}\n")
        return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m config.stack", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    starting = commands.add_parser("run", help="start everything and keep it running")
    starting.add_argument("--port", type=int, default=8000)
    starting.add_argument("--host", default="127.0.0.1")
    starting.add_argument("--no-demo", dest="demo", action="store_false", help="start with an empty database")
    commands.add_parser("test", help="run pytest on its own PostgreSQL and Valkey", add_help=False)
    for name in ("backup", "restore"):
        commands.add_parser(name).add_argument("file")
    return top


if __name__ == "__main__":
    sys.exit(main())
