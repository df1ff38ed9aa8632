"""How the browser tests start Chromium and sign people in. A missing browser is a failure, never a skip."""

import contextvars
import os
import re
import shutil
import time

import pytest
from django.contrib.staticfiles import finders
from django.core.management.commands import flush as flush_command
from django.db import OperationalError
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from playwright.sync_api import expect

# Playwright's sync API runs an event loop in the test's thread; Django must not refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
LOCAL = "http://localhost"
# A page may be slow to come on a busy machine; how fast it is is measured by the bench.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chosen = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return {
        **browser_type_launch_args,
        **({"executable_path": chosen} if chosen else {}),
        "args": ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"],
    }


# What migrations wrote and no test changes; and of the product's questions those that people did not make.
KEPT = {"django_content_type", "auth_permission", "secrets_manual_category"}
OF_PEOPLE = {"secrets_manual_question": "made_by_id IS NOT NULL"}


def emptying(truncates):
    """Delete what ``TRUNCATE`` of these tables would, several times faster: most are empty, and files stay.

    The lock waits, as ``TRUNCATE`` does, for whoever still writes.
    """
    tables = sorted({name for sql in truncates for name in re.findall(r'"(\w+)"', sql)} - KEPT)
    deletes = [f'DELETE FROM "{name}" WHERE {OF_PEOPLE.get(name, True)}' for name in tables]
    locked = ", ".join(f'"{name}"' for name in tables)
    return [
        "SET LOCAL session_replication_role = replica",
        f"LOCK TABLE {locked} IN SHARE ROW EXCLUSIVE MODE",
        "; ".join(deletes),
    ]


@pytest.fixture(scope="session", autouse=True)
def empty_protected_tables():
    """Between tests with real transactions Django empties every table, append-only ones too.

    It would also tell everybody that migrations ran, who would put every trigger and permission back that never left.
    """
    flush = DatabaseOperations.execute_sql_flush

    def flush_without_triggers(self, sql_list):
        for attempt in range(20):
            try:
                flush(self, emptying(sql_list))
                return
            except OperationalError as error:
                # The last page may still ask the server for something: emptying and its reading wait for each other.
                if "deadlock" not in str(error) or attempt == 19:
                    raise
                time.sleep(0.2)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_without_triggers)
        patch.setattr(flush_command, "emit_post_migrate_signal", lambda *told, **more: None)
        yield


@pytest.fixture
def open_as(django_db_serialized_rollback, live_server, context, page):
    """``open_as(user, "/path/")`` is a page of the live server, signed in as the user (``None`` for nobody)."""

    def open_page(user, path):
        # What the page before still loads would bring its user's cookies back.
        page.goto("about:blank")
        context.clear_cookies()
        if user is not None:
            client = Client()
            client.force_login(user)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(f"{live_server.url}{path}")
        return page

    return open_page


class InProcess:
    """Answers the browser from within the test, in its transaction: no server, and no table to empty afterwards.

    Playwright calls back in a context of its own; the test's holds the database connection.
    """

    def become(self, user, path="", data=None):
        self.client, self.path, self.data, self.refused = Client(SERVER_NAME="localhost"), path, data, False
        if user is not None:
            self.client.force_login(user)
        self.context = contextvars.copy_context()

    def answer(self, route):
        path = route.request.url.removeprefix(LOCAL)
        if path.startswith("/static/"):
            route.fulfill(path=finders.find(path.removeprefix("/static/")))
            return
        response = self.context.run(self.respond, path, route.request)
        route.fulfill(status=response.status_code, headers=dict(response.items()), body=response.content)

    def respond(self, path, request):
        if self.data is not None and path == self.path:
            return self.client.post(path, self.data)
        headers = {"HX-Request": "true"} if "hx-request" in request.headers else {}
        if request.method == "POST":
            kind = request.headers["content-type"]
            return self.client.post(path, request.post_data or "", content_type=kind, headers=headers)
        response = self.client.get(path, follow=True, headers=headers)
        turned_away = response.request["PATH_INFO"] in {"/accounts/login/", "/setup/"}
        if path == self.path and turned_away:
            self.refused = path != response.request["PATH_INFO"]
        return response


@pytest.fixture(scope="session")
def one_page(browser):
    """One page for every test that only looks: opening a browser context costs more than looking."""
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.in_process = InProcess()
        page.route(f"{LOCAL}/**", page.in_process.answer)
        yield page


@pytest.fixture
def look_at(db, one_page):
    """``look_at(user, "/path/", data)`` is the page as the user gets it; with ``data``, what a form answers to it."""

    def look(user, path, data=None):
        one_page.in_process.become(user, path, data)
        one_page.goto(f"{LOCAL}{path}")
        assert not one_page.in_process.refused, f"{path} led to signing in"
        return one_page

    yield look
    one_page.goto("about:blank")
