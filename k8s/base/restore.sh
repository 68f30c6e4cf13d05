#!/bin/sh
# Puts a copy in the place of what Redis holds: the one that BACKUP names, or the newest. What was
# there before stays in DATA/replaced until the next time.
set -eu

fail() {
  echo "$1" >&2
  exit 1
}

for newest in "$BACKUPS"/redis-*.rdb; do :; done
file=${BACKUP:+$BACKUPS/$BACKUP}
file=${file:-$newest}
[ -f "$file" ] || fail "There is no $file."
redis-check-rdb "$file"
if redis-cli -h "$REDIS_HOST" -p "${REDIS_PORT:-6379}" ping 2>&1 | grep -q PONG; then
  fail "Redis runs. Scale it down first: kubectl -n osusume scale statefulset/redis --replicas=0"
fi

# A server of its own reads the copy and writes the append-only file that Redis starts from.
new=$DATA/restored
socket=$new/socket
rm -rf "$new"
mkdir "$new"
cp "$file" "$new/dump.rdb"
redis-server --dir "$new" --port 0 --unixsocket "$socket" --save '' --appendonly no &
until redis-cli -s "$socket" ping 2>&1 | grep -q PONG; do
  kill -0 $! || fail "The copy could not be read."
  sleep 0.1
done
redis-cli -s "$socket" config set appendonly yes
until redis-cli -s "$socket" info persistence | tr -d '\r' \
  | grep -Ecx 'aof_rewrite_in_progress:0|aof_rewrite_scheduled:0|aof_last_bgrewrite_status:ok' \
  | grep -qx 3; do sleep 0.1; done
redis-cli -s "$socket" shutdown
wait

rm -rf "$DATA/replaced"
[ ! -e "$DATA/appendonlydir" ] || mv "$DATA/appendonlydir" "$DATA/replaced"
mv "$new/appendonlydir" "$DATA/appendonlydir"
rm -rf "$new"
echo "restored $file"
