# The portal with its application server, for compose.yaml or any other place that runs containers: without root, and
# with a root file system that can be read-only (it writes to STATIC_ROOT, MEDIA_ROOT and /tmp). Debian 12, as tested.
FROM python:3.11-slim-bookworm AS packages
RUN python -m venv /srv/postportal/.venv
COPY requirements-production.lock /tmp/
RUN /srv/postportal/.venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements-production.lock

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore for “manage.py backup” and “restore”.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && adduser --system --group --no-create-home --home /srv/postportal --uid 10001 postportal \
    && install -d -o postportal -g postportal /var/lib/postportal/media /var/lib/postportal/static
WORKDIR /srv/postportal
COPY --from=packages /srv/postportal/.venv .venv
COPY manage.py LICENSE ./
COPY postportal postportal
COPY news news
COPY services services
COPY templates templates
COPY static static
RUN .venv/bin/python -m compileall -q manage.py postportal news services
ENV PATH=/srv/postportal/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=1 \
    STATIC_ROOT=/var/lib/postportal/static \
    MEDIA_ROOT=/var/lib/postportal/media
USER postportal
EXPOSE 8000
# That the process answers, whatever it can reach: a database that is down is no reason to start it again.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(web.Request('http://127.0.0.1:8000/livez', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=4)"]
# As in docs/deploy/postportal.service.
CMD ["gunicorn", "postportal.wsgi", "--worker-class", "gthread", "--workers", "3", "--threads", "4", "--no-control-socket", "--keep-alive", "75", "--max-requests", "5000", "--max-requests-jitter", "500", "--worker-tmp-dir", "/dev/shm", "--bind", "0.0.0.0:8000"]
