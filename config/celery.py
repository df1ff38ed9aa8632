"""The Celery application and every schedule.

Tasks only ring a bell: the rows in PostgreSQL are the work, and each sweep below may run twice, late, or never.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("rapport")
app.config_from_object("django.conf:settings.CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "heartbeat": {"task": "firm.beat", "schedule": 15.0},
    "send_outbox": {"task": "firm.send_outbox", "schedule": 30.0},
    "draw_rounds": {"task": "report_cards.draw_due", "schedule": crontab(minute="*/10")},
    "close_rounds": {"task": "report_cards.close_due", "schedule": crontab(minute="*/5")},
    "send_invitations": {"task": "report_cards.send_due", "schedule": 60.0},
    "flag_cases": {"task": "recovery.flag_due", "schedule": crontab()},
}
