#!/bin/sh
# Copies what Redis holds into BACKUPS and keeps the newest seven copies.
set -eu

file=$BACKUPS/redis-$(date -u +%Y%m%dT%H%M%SZ).rdb
redis-cli -h "$REDIS_HOST" -p "${REDIS_PORT:-6379}" --rdb "$file.part"
redis-check-rdb "$file.part"
mv "$file.part" "$file"
echo "kept $file"

set -- "$BACKUPS"/redis-*.rdb
while [ $# -gt 7 ]; do
  rm "$1"
  shift
done
