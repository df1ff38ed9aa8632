"""The site as gunicorn serves it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# A page makes tens of thousands of short-lived objects, hardly any in a circle. What the code itself holds is never
# garbage: set it aside, and look for circles once in a while instead of many times a page.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
