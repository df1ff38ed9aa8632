"""How the browser tests start Chromium and sign people in. A missing browser is a failure, never a skip."""

import os
import re
import shutil

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client

# Playwright's sync API runs an event loop in the test's thread; Django must not refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chosen = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return {
        **browser_type_launch_args,
        **({"executable_path": chosen} if chosen else {}),
        "args": ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
    }


def keep_categories(sql):
    return re.sub(r'"secrets_manual_category", |, "secrets_manual_category"', "", sql)


@pytest.fixture(scope="session", autouse=True)
def empty_protected_tables():
    """Between tests with real transactions Django truncates every table, append-only ones too.

    The categories came with a migration and stay.
    """
    flush = DatabaseOperations.execute_sql_flush

    def flush_without_triggers(self, sql_list):
        flush(self, ["SET LOCAL session_replication_role = replica", *map(keep_categories, sql_list)])

    DatabaseOperations.execute_sql_flush = flush_without_triggers
    yield
    DatabaseOperations.execute_sql_flush = flush


@pytest.fixture
def open_as(django_db_serialized_rollback, live_server, context, page):
    """``open_as(user, "/path/")`` is a page of the live server, signed in as the user (``None`` for nobody)."""

    def open_page(user, path):
        context.clear_cookies()
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(f"{live_server.url}{path}")
        return page

    return open_page
