# One image for web, worker and beat; settings come from the environment (docs/operations.md).
FROM node:24-slim AS browser
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --ignore-scripts

FROM python:3.13-slim
RUN pip install --no-cache-dir uv && useradd --system --create-home --home-dir /data rapport
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 RAPPORT_PRODUCTION=1 RAPPORT_HASHED_STATIC=1 STATIC_ROOT=/app/staticfiles RAPPORT_HOME=/data
COPY pyproject.toml uv.lock .python-version ./
RUN uv sync --frozen --no-default-groups
COPY . .
COPY --from=browser /app/node_modules node_modules
# The keys of this line live only while the files are collected.
RUN SECRET_KEY=build SECRETS_KEYS=build python manage.py collectstatic --no-input --ignore "*.map" -v 0
USER rapport
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]
CMD ["gunicorn", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000", "config.wsgi"]
