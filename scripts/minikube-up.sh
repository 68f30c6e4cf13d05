#!/usr/bin/env bash
# Brings Osusume up on this machine's Minikube, or brings up to date what runs there: starts the
# cluster, builds the image inside it, applies k8s/overlays/minikube and opens the chat.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly PROFILE=osusume OVERLAY=k8s/overlays/minikube
cluster() { minikube --profile "$PROFILE" "$@"; }
# Minikube's own kubectl: of the cluster's version, and for this cluster whatever else is set up.
kubectl() { cluster kubectl -- "$@"; }

if ! command -v minikube >/dev/null; then
  echo "Minikube is needed: https://minikube.sigs.k8s.io/docs/start" >&2
  exit 1
fi

# Calico, for Minikube's own network lets everything through whatever the policies say.
cluster start --cni=calico --cpus=2 --memory=4g --addons=ingress,metrics-server

if [ ! -e "$OVERLAY/.env" ]; then
  (umask 077 && printf 'REDIS_PASSWORD=%s\n' "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')" \
    >"$OVERLAY/.env")
  echo "Made $OVERLAY/.env with a password for Redis. A line GROQ_API_KEY=… lets Groq write the answers."
fi

# A version of its own for each build, so that the former can be gone back to.
version=$(git describe --tags --always --dirty="-$(date +%s)" 2>/dev/null || date +%s)
cluster image build --tag "osusume:$version" .

kubectl -n ingress-nginx rollout status deployment/ingress-nginx-controller --timeout=5m
kubectl kustomize "$PWD/$OVERLAY" | sed "s|image: osusume:dev$|image: osusume:$version|" | kubectl apply -f -
kubectl -n osusume rollout status statefulset/redis --timeout=5m
kubectl -n osusume rollout status deployment/osusume --timeout=5m

url=http://$(cluster ip)
if curl --fail --silent --noproxy '*' --max-time 5 --output /dev/null "$url/healthz"; then
  echo "Osusume $version is at $url"
  if [ -t 1 ]; then python3 -m webbrowser "$url" >/dev/null; fi
else
  echo "Osusume $version runs, but $url cannot be reached from here. This leads to it:"
  echo "  minikube --profile $PROFILE kubectl -- -n osusume port-forward service/osusume 8501:80"
  echo "  and then http://localhost:8501"
fi
