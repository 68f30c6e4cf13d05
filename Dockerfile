ARG BASE=python:3.12-slim

FROM ${BASE} AS build
ARG UV_VERSION=0.13.9
RUN python3 -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir uv==${UV_VERSION}
WORKDIR /app
COPY requirements.lock requirements-image.lock ./
# Bytecode that is not checked against its source: copies and rebuilds change the times of files.
ENV PYC_INVALIDATION_MODE=UNCHECKED_HASH
RUN python3 -m venv --without-pip /opt/venv \
 && /opt/uv/bin/uv pip install --no-cache --compile-bytecode --python /opt/venv/bin/python \
    --no-deps --require-hashes -r requirements.lock
# What is inside, in CycloneDX's words, for whoever has to look after it.
RUN python3 -m venv --without-pip /opt/tools \
 && /opt/uv/bin/uv pip install --no-cache --python /opt/tools/bin/python --require-hashes \
    -r requirements-image.lock \
 && /opt/tools/bin/cyclonedx-py environment --output-reproducible --output-format JSON \
    --output-file /opt/venv/sbom.cdx.json /opt/venv/bin/python
COPY . .
# The rights are those of whoever has cloned, which may be nobody else's.
RUN /opt/venv/bin/python -m compileall -q --invalidation-mode unchecked-hash . \
 && STATE_DIR=/tmp INDEX_DIR=/app/index /opt/venv/bin/python -m chatbot index \
 && chmod -R u=rwX,go=rX /app

FROM ${BASE}
RUN groupadd --gid 10001 osusume \
 && useradd --uid 10001 --gid 10001 --home-dir /tmp --no-create-home osusume \
 && install -d -o 10001 -g 10001 -m 0700 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
# /data holds what lasts, /tmp what does not; nothing else is written to.
ENV PATH=/opt/venv/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8501 \
    STATE_DIR=/data \
    INDEX_DIR=/tmp/index
USER 10001:10001
EXPOSE 8501
# A proxy in the environment is not for the container itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import os, urllib.request as u; u.build_opener(u.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
# Chroma writes to its files even when it only reads, so it gets a copy of the image's index.
ENTRYPOINT ["/bin/sh", "-c", "rm -rf /tmp/index && cp -R /app/index /tmp/index && exec python -m chatbot \"$@\"", "osusume"]
CMD ["serve"]
# Last, for they change with every commit.
ARG VERSION=unreleased
ARG REVISION=unknown
ARG SOURCE=unknown
ENV VERSION=${VERSION}
LABEL org.opencontainers.image.title="Osusume" \
      org.opencontainers.image.description="A chat that recommends anime and remembers what you said" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
