#!/usr/bin/env bash
# Makes a chat of an empty Debian or Ubuntu machine: Docker, Minikube, Osusume, and, for a host name,
# Caddy with a certificate. Run it again after a change; what is there already stays.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'END'
usage: scripts/vm-setup.sh [HOST]

Run it as an ordinary user who may use sudo. HOST (chat.example.org) is a name that leads to this
machine; ports 80 and 443 have to be open for it. Without HOST the chat is on this machine alone.

  MINIKUBE_VERSION  v1.37.0
END
}

if [ "${1:-}" = --help ] || [ "${1:-}" = -h ]; then usage; exit; fi
host=${1:-}
if [ -n "$host" ] && [[ ! $host =~ ^[a-z0-9-]+(\.[a-z0-9-]+)+$ ]]; then usage >&2; exit 2; fi
if [ "$(id -u)" = 0 ]; then echo "Run this as an ordinary user, not as root." >&2; exit 2; fi

readonly VERSION=${MINIKUBE_VERSION:-v1.37.0}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# written FILE: puts standard input there; fails when that is there already.
written() {
  cat >"$work/file"
  if sudo cmp --silent "$work/file" "$1"; then return 1; fi
  sudo install -D -m 644 "$work/file" "$1" || exit 1
  echo "Wrote $1"
}

packages() {
  local wanted=(ca-certificates curl docker.io git python3) missing=()
  if [ -n "$host" ]; then wanted+=(caddy); fi
  for each in "${wanted[@]}"; do
    dpkg --status "$each" >"$work/status" 2>&1 || missing+=("$each")
  done
  if [ "${#missing[@]}" = 0 ]; then return; fi
  sudo apt-get update --quiet
  sudo env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends \
    "${missing[@]}"
}

docker_for_this_user() {
  if id -nG "$USER" | grep -qw docker; then return; fi
  sudo usermod --append --groups docker "$USER"
}

minikube_of_that_version() {
  local url machine
  if command -v minikube >"$work/found" && [ "$(minikube version --short)" = "$VERSION" ]; then return; fi
  machine=$(dpkg --print-architecture)
  url=https://storage.googleapis.com/minikube/releases/$VERSION/minikube-linux-$machine
  curl --fail --silent --show-error --location --output "$work/minikube" "$url"
  curl --fail --silent --show-error --location --output "$work/sum" "$url.sha256"
  echo "$(cut -d ' ' -f 1 "$work/sum")  $work/minikube" | sha256sum --check --quiet
  sudo install -D -m 755 "$work/minikube" /usr/local/bin/minikube
  # Under this name Minikube is a kubectl of the cluster's version.
  sudo ln -sf minikube /usr/local/bin/kubectl
}

# Minikube starts nothing by itself after the machine has been restarted.
start_with_the_machine() {
  written /etc/systemd/system/osusume.service <<END || return 0
[Unit]
Description=Osusume on Minikube
After=docker.service
Requires=docker.service

[Service]
Type=oneshot
RemainAfterExit=yes
User=$USER
ExecStart=/usr/local/bin/minikube start --profile osusume
TimeoutStartSec=600

[Install]
WantedBy=multi-user.target
END
  sudo systemctl daemon-reload
  sudo systemctl enable osusume.service
}

# Caddy gets a certificate for the name and keeps it fresh.
entrance() {
  # The app is to know that visitors come by https: its cookie is marked so.
  minikube --profile osusume kubectl -- -n ingress-nginx patch configmap ingress-nginx-controller \
    --type merge --patch '{"data": {"use-forwarded-headers": "true"}}'
  written /etc/caddy/Caddyfile <<END || return 0
$host {
	encode zstd gzip
	reverse_proxy $(minikube --profile osusume ip):80
}
END
  sudo systemctl reload-or-restart caddy
}

packages
docker_for_this_user
minikube_of_that_version
# The group holds for new logins only; sg gives it to this command.
sg docker -c scripts/minikube-up.sh
# What `kubectl` means on this machine from now on.
minikube profile osusume
start_with_the_machine
if [ -n "$host" ]; then
  entrance
  echo "Osusume is at https://$host"
fi
