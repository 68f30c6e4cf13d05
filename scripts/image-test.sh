#!/usr/bin/env bash
# Builds the image without a container daemon, runs it as Kubernetes would (read-only root, its own
# user, no capabilities), asks it over HTTP, ends it with SIGTERM, and prints what it measured.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'END'
usage: scripts/image-test.sh [OPTION OF BUILDAH]...

Needs root, buildah, runc, python3 and, unless BASE names an image that can be had, debootstrap.
Where hadolint, kubectl and kubernetes-validate are there, they look at Dockerfile and k8s/ first.

  BASE     the image to build on; without it a Debian with Python is made by debootstrap
  SUITE    what debootstrap makes (bookworm)
  MIRROR   where debootstrap gets it (its own default)
  TEST_PORT  where the app listens, on loopback of this machine (18501)

Options go to `buildah bud`, for what only this machine needs (its certificates, how its pip and
uv are set up):
  scripts/image-test.sh --volume /etc/ssl/certs:/etc/ssl/certs:ro
END
}

readonly IMAGE=localhost/osusume:test MADE_BASE=localhost/osusume-base:test
port=${TEST_PORT:-18501}
name=osusume-test-$$
work=$(mktemp -d)
container=

cleanup() {
  runc delete --force "$name" >"$work/deleted" 2>&1 || true
  if [ -n "$container" ]; then buildah rm "$container" >"$work/removed"; fi
  buildah rmi "$IMAGE" "$MADE_BASE" >"$work/removed" 2>&1 || true
  rm -rf --one-file-system "$work"
}

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
here() { command -v "$1" >"$work/found" 2>&1; }
now() { date +%s.%N; }
within() { python3 -c "import sys; sys.exit($(now) - $2 > $1)"; }
since() { python3 -c "print(f'{$(now) - $1:.1f} s')"; }

lint() {
  if here hadolint; then hadolint Dockerfile; say "hadolint: nothing found"
  else say "not checked, for hadolint is not here: Dockerfile"; fi
  if ! here kubectl; then say "not checked, for kubectl is not here: k8s/"; return; fi
  cp -R k8s "$work/k8s"
  printf 'REDIS_PASSWORD=example\n' >"$work/k8s/overlays/minikube/.env"
  kubectl kustomize "$work/k8s/overlays/minikube" >"$work/rendered.yaml"
  say "kustomize: $(grep -c '^kind:' "$work/rendered.yaml") objects rendered"
  if ! here kubernetes-validate; then
    say "not checked, for kubernetes-validate is not here: the objects' fields"; return
  fi
  kubernetes-validate --strict "$work/rendered.yaml" >"$work/validated" 2>&1 \
    || { cat "$work/validated" >&2; fail "the objects are not valid"; }
  # An unknown kind only warns.
  if grep -q "Couldn't find schema" "$work/validated"; then
    cat "$work/validated" >&2; fail "a kind is unknown"
  fi
  say "kubernetes-validate: every object valid"
}

make_base() {
  say "Making a base of Debian ${SUITE:-bookworm} …"
  debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
    "${SUITE:-bookworm}" "$work/base/rootfs" ${MIRROR:+"$MIRROR"} >"$work/debootstrap.log" \
    || { tail -n 5 "$work/debootstrap.log" >&2; fail "debootstrap"; }
  printf 'FROM scratch\nADD rootfs /\n' >"$work/base/Dockerfile"
  buildah bud --quiet --tag "$MADE_BASE" "$work/base" >"$work/base.id"
}

build() {
  local began
  say "Building on $BASE …"
  began=$(now)
  buildah bud --isolation chroot --format docker --build-arg "BASE=$BASE" "$@" --tag "$IMAGE" . \
    >"$work/build.log" 2>&1 || { tail -n 30 "$work/build.log" >&2; fail "the build"; }
  say "built in $(since "$began"); $(size "$IMAGE"), of which the base $(size "$BASE")"
}

size() { buildah images --format '{{.Size}}' "$1" | head -n 1; }

# What `docker run` makes of an image: runc's own form of it.
unpack() {
  container=$(buildah from --pull-never "$IMAGE")
  buildah inspect --type image "$IMAGE" >"$work/image.json"
  mkdir -p "$work/bundle" "$work/data" "$work/tmp"
  chown 10001:10001 "$work/data" "$work/tmp"
  (cd "$work/bundle" && runc spec)
  python3 - "$work" "$(buildah mount "$container")" "$port" <<'END'
import json
import sys
from pathlib import Path

work, root, port = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
image = json.loads((work / "image.json").read_text())["Docker"]["config"]
path = work / "bundle" / "config.json"
spec = json.loads(path.read_text())
user, group = map(int, image["User"].split(":"))
process = spec["process"]
process |= {"terminal": False, "user": {"uid": user, "gid": group}, "cwd": image["WorkingDir"]}
process["args"] = image["Entrypoint"] + image["Cmd"]
process["env"] = [*image["Env"], "HOST=127.0.0.1", f"PORT={port}"]
process["capabilities"] = {}
process["noNewPrivileges"] = True
spec["root"] = {"path": root, "readonly": True}
spec["mounts"] += [
    {"destination": f"/{name}", "type": "bind", "source": str(work / name), "options": ["rbind"]}
    for name in ("data", "tmp")
]
spec["linux"]["namespaces"] = [
    each for each in spec["linux"]["namespaces"] if each["type"] != "network"
]
path.write_text(json.dumps(spec))
(work / "health").write_text("\n".join(image["Healthcheck"]["Test"][1:]))
END
}

answer() {
  python3 - "http://127.0.0.1:$port$1" <<'END'
import sys
import urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
print(opener.open(sys.argv[1], timeout=5).read().decode().splitlines()[0])
END
}

run_once() {
  local began pid health status
  began=$(now)
  runc run --bundle "$work/bundle" "$name" >"$work/app.log" 2>&1 &
  pid=$!
  until answer /readyz >"$work/readyz" 2>&1; do
    kill -0 "$pid" 2>"$work/gone" || { cat "$work/app.log" >&2; fail "the app ended"; }
    within 120 "$began" || fail "not ready in 120 s"
    sleep 0.2
  done
  say "$1: ready after $(since "$began")"
  say "  /readyz  $(cat "$work/readyz")"
  say "  /healthz $(answer /healthz)"
  say "  /metrics $(answer /metrics)"
  mapfile -t health <"$work/health"
  runc exec "$name" "${health[@]}" || fail "HEALTHCHECK"
  say "  HEALTHCHECK passes"
  runc exec "$name" python -m chatbot ask "something calm" >"$work/asked" || fail "no answer"
  say "  asked for something calm: $(head -n 1 "$work/asked")"
  runc exec "$name" sh -c '! touch /app/x 2>/tmp/x' || fail "the root can be written to"
  say "  user $(runc exec "$name" id -u), root read-only, $(memory) MB in memory"
  began=$(now)
  runc kill "$name" TERM
  until ! kill -0 "$pid" 2>"$work/gone"; do
    within 30 "$began" || fail "SIGTERM was not heeded"
    sleep 0.1
  done
  wait "$pid" && status=0 || status=$?
  # Had the app not come to its end, the Redis server that it starts would have been killed.
  tail -n 1 "$work/data/redis/redis.log" | grep -q "ready to exit" || fail "Redis was not ended"
  [ "$status" = 0 ] || fail "exit status $status"
  say "  ended, and its Redis before it, $(since "$began") after SIGTERM"
  runc delete --force "$name"
}

# The app and the Redis server that it starts.
memory() {
  ps -o rss= -p "$(runc ps --format json "$name" | tr -d '[] ')" \
    | awk '{ all += $1 } END { printf "%d", all / 1024 }'
}

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then usage; rm -r "$work"; exit; fi
trap cleanup EXIT
lint
if [ -z "${BASE:-}" ]; then make_base; BASE=$MADE_BASE; fi
build "$@"
unpack
run_once "first start"
run_once "second start, with the files that the first left"
