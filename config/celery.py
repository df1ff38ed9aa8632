"""The Celery application and every schedule.

Tasks only ring a bell: the rows in PostgreSQL are the work, and each sweep below may run twice, late, or never.
"""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_process_init, worker_ready

from config.stack.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("rapport")
app.config_from_object("config.settings:CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "heartbeat": {"task": "firm.beat", "schedule": 15.0},
    "send_outbox": {"task": "firm.send_outbox", "schedule": 30.0},
    "forget_keys": {"task": "accounts.forget_keys", "schedule": crontab(minute=40, hour=3)},
    "draw_rounds": {"task": "report_cards.draw_due", "schedule": crontab(minute="*/10")},
    "note_exclusions": {"task": "report_cards.note_exclusions", "schedule": crontab(minute=25)},
    "close_rounds": {"task": "report_cards.close_due", "schedule": crontab(minute="*/5")},
    "follow_up_rounds": {"task": "report_cards.follow_up_due", "schedule": crontab(minute="3-59/10")},
    # A sweep lasts 20 seconds at most, so up to four go on at once; a bell no worker was free for is forgotten.
    "remind_of_plans": {"task": "report_cards.remind_of_plans", "schedule": crontab(minute="6-59/15")},
    "send_invitations": {"task": "report_cards.send_due", "schedule": 5.0, "options": {"expires": 5.0}},
    "wipe_traces": {"task": "report_cards.wipe_traces", "schedule": crontab(minute=50, hour=3)},
    "settle_owners": {"task": "customers.settle_owners", "schedule": crontab(minute="*/15")},
    "change_customers": {"task": "desk.change_customers", "schedule": 60.0},
    "run_imports": {"task": "customers.run_imports", "schedule": 30.0},
    "erase_uncovered": {"task": "secrets_manual.erase_uncovered", "schedule": crontab(minute=20, hour="*/6")},
    "remind": {"task": "customers.remind", "schedule": crontab(minute="*/15")},
    "ask_outcomes": {"task": "secrets_manual.ask_outcomes", "schedule": crontab(minute=7)},
    "count_coverage": {"task": "secrets_manual.count_coverage", "schedule": crontab(minute="*/10")},
    "go_on_with_runs": {"task": "compensation.go_on_with_runs", "schedule": 30.0},
    "draw_chances": {"task": "compensation.draw_chances", "schedule": 30.0},
    "read_answers": {"task": "compensation.read_answers", "schedule": 30.0},
    "remind_of_disputes": {"task": "compensation.remind_of_disputes", "schedule": crontab(minute="9-59/15")},
    "look_for_late_facts": {"task": "compensation.look_for_late_facts", "schedule": 30.0},
    "undo_imports": {"task": "desk.undo_imports", "schedule": 30.0},
    "ask_after_cases": {"task": "recovery.ask_due", "schedule": 60.0},
    "note_renewals": {"task": "recovery.note_renewals", "schedule": crontab(minute=35, hour=4)},
    "remind_to_acknowledge": {"task": "compensation.remind_of_plans", "schedule": crontab(minute=10, hour=8)},
    "flag_cases": {"task": "recovery.flag_due", "schedule": crontab()},
    "send_pushes": {"task": "recovery.send_pushes", "schedule": 30.0},
}


@worker_process_init.connect
def follow_the_worker(**_options: Any) -> None:
    """A pool process of a killed worker must not live on."""
    die_with_parent()


@worker_ready.connect
def beat_at_once(**_options: Any) -> None:
    """Be healthy from the first second."""
    app.send_task("firm.beat")
    app.send_task("recovery.flag_due")
