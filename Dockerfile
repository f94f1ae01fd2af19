# Two images: the workbench (the default) and the proxy in front of it.
# Neither runs as root, and neither can write to what it is made of.

FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY requirements.txt requirements-dev.txt ./
RUN python -m venv /opt/workbench \
 && /opt/workbench/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
# Of what developers have, the packages that build the wheel, by the same hashes.
RUN python -m venv /opt/build \
 && awk '/^[a-z]/ { keep = /^(hatchling|packaging|pathspec|pluggy|tomlkit|trove-classifiers)==/ } keep' \
        requirements-dev.txt > build.txt \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes --requirement build.txt
COPY pyproject.toml README.md LICENSE ./
COPY .streamlit .streamlit
COPY db db
COPY workbench workbench
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /wheel \
 && /opt/workbench/bin/pip install --no-cache-dir --no-deps /wheel/*.whl \
 && /opt/workbench/bin/pip uninstall --yes pip

FROM caddy:2.11-alpine AS proxy
RUN adduser -S -D -H -u 10002 proxy && chown -R 10002 /data /config
COPY deploy/Caddyfile /etc/caddy/Caddyfile
USER 10002

FROM python:3.13-slim-bookworm AS workbench
RUN useradd --system --uid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin workbench \
 && install --directory --owner 10001 --group 10001 --mode 0700 /data
COPY --from=build /opt/workbench /opt/workbench
ENV PATH=/opt/workbench/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WORKBENCH_HOME=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=5s --timeout=4s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/healthz', timeout=3)"]
ENTRYPOINT ["workbench"]
CMD ["serve", "--host", "0.0.0.0", "--no-browser"]
