#!/bin/sh
# Put a new release to work while people use the site: restart.sh compose | systemd
# One page server after the other; each has begun to answer before the next one is stopped.
set -eu
cd "$(dirname "$0")/.."
case ${1:-} in
compose)
	compose="docker compose --env-file .env -f deploy/compose.yaml"
	$compose build
	$compose run --rm migrate
	for service in web web2 sockets worker; do $compose up --detach --no-deps --wait "$service"; done
	;;
systemd)
	for unit in portal-web@1 portal-web@2 portal@sockets portal@worker; do systemctl restart "$unit"; done
	;;
*)
	echo "Say how the site is run: $0 compose | systemd" >&2
	exit 2
	;;
esac
