#!/bin/sh
# Stands in for the commands that change a machine: writes down what it is asked for, remembers it
# in STATE, and answers as the real one would.
name=$(basename "$0")
echo "$name $*" >>"$STATE/record"

case "$name $*" in
"id -u") echo 1000 ;;
"id -nG "*) cat "$STATE/groups" ;;
"usermod "*) echo docker >>"$STATE/groups" ;;
"dpkg --print-architecture") echo amd64 ;;
"dpkg --status "*) grep -qx "$2" "$STATE/packages" ;;
"apt-get install "*) shift && printf '%s\n' "$@" >>"$STATE/packages" ;;
"sg docker -c "*) exec sh -c "$3" ;;
"curl "*.sha256) echo "$(cat "$STATE/sum")  minikube-linux-amd64" >"$6" ;;
"curl "*minikube-linux-amd64) cp "$0" "$6" ;;
"minikube version --short") echo "$VERSION" ;;
"minikube --profile osusume ip") echo 192.168.49.2 ;;
*" kustomize "*) echo "        image: osusume:dev" ;;
*" apply -f -") cat >>"$STATE/applied" ;;
"sudo "*)
  # Folders of the system are folders of the test.
  for each in "$@"; do
    shift
    case "$each" in /etc/* | /usr/local/*) each=$STATE/root$each ;; esac
    set -- "$@" "$each"
  done
  exec "$@"
  ;;
esac
