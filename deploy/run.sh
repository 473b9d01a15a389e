#!/bin/sh
# One role of the site in the foreground: run.sh web | sockets | worker | migrate
set -eu
cd "$(dirname "$0")/.."
bin=$(dirname "$(command -v python)")
case ${1:-} in
web) exec "$bin/gunicorn" portal.wsgi:application --bind "${HOST:-0.0.0.0}:${PORT:-8000}" --workers "${WEB_WORKERS:-2}" \
	--access-logfile /dev/null --max-requests 5000 --max-requests-jitter 500 --timeout 30 --limit-request-line 8190 ;;
sockets) exec "$bin/uvicorn" portal.asgi:application --host "${HOST:-0.0.0.0}" --port "${PORT:-8001}" \
	--workers "${SOCKET_WORKERS:-1}" --ws-max-size 16384 --ws-ping-interval 20 --limit-concurrency 2000 --no-access-log \
	--lifespan off --timeout-graceful-shutdown 10 ;;
worker) exec "$bin/python" manage.py worker ;;
migrate) DATABASE_URL=${MIGRATION_DATABASE_URL:-$DATABASE_URL} exec "$bin/python" manage.py migrate --noinput ;;
*)
	echo "Say which role: $0 web | sockets | worker | migrate" >&2
	exit 2
	;;
esac
