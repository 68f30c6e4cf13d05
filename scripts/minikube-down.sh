#!/usr/bin/env bash
# Removes the cluster that minikube-up.sh has made, with the chats, their backups and the images.
set -euo pipefail
cd "$(dirname "$0")/.."

minikube delete --profile osusume
echo "k8s/overlays/minikube/.env stays; delete it, too, if you do not come back."
