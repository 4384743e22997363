# syntax=docker/dockerfile:1
# Two stages: the second has no compiler, no uv, no pip cache, and runs as nobody in particular.
FROM python:3.11-slim-bookworm AS build
COPY --from=ghcr.io/astral-sh/uv:0.13.8 /uv /usr/local/bin/uv
ENV UV_PYTHON_DOWNLOADS=never UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/wegweiser
WORKDIR /source
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-dev --extra postgres --no-install-project
COPY README.md LICENSE ./
COPY locale locale
COPY site site
COPY directory directory
COPY referrals referrals
COPY search search
RUN uv sync --frozen --no-dev --extra postgres --no-editable
# Hashed and compressed once, into the image: the file system is read-only later.
RUN DJANGO_SETTINGS_MODULE=wegweiser.settings.production WEGWEISER_DATA_DIR=/tmp/build STATIC_ROOT=/opt/static \
    PUBLIC_URL=https://build.invalid ALLOWED_HOSTS=build.invalid \
    /opt/wegweiser/bin/python -c "import django; django.setup(); from wegweiser.static_files import collect; collect()"

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 wegweiser \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin wegweiser \
    && install -d -o wegweiser -g wegweiser -m 700 /data \
    && rm -rf /usr/local/lib/python3.11/site-packages/pip /usr/local/bin/pip*
COPY --from=build /opt/wegweiser /opt/wegweiser
COPY --from=build /opt/static /opt/static
ENV PATH=/opt/wegweiser/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=wegweiser.settings.production WEGWEISER_DATA_DIR=/data STATIC_ROOT=/opt/static
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["wegweiser"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
