#!/bin/sh
# One role of a production site in the foreground, in a container or without one:
#   run.sh web | sockets | worker       what runs all the time
#   run.sh static | migrate             once before each release
#   run.sh schedules                    once a minute, where no worker keeps time
#   run.sh manage COMMAND …             anything else of Django's command line
set -eu
cd "$(dirname "$0")/.."
if [ -x .venv/bin/python ]; then bin=.venv/bin; else bin=$(dirname "$(command -v python)"); fi

refuse() {
	echo "Not started: $1" >&2
	exit 1
}
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-portal.settings.production}"
[ "$DJANGO_SETTINGS_MODULE" = portal.settings.production ] ||
	refuse "DJANGO_SETTINGS_MODULE is $DJANGO_SETTINGS_MODULE, but these roles are production's. Leave it out."
# Pages, sockets and worker are processes of their own and meet in Redis: limits are counted there, tallies cross there.
meets() { [ -n "${REDIS_URL:-}" ] || refuse "REDIS_URL is not set. A right value would be: REDIS_URL=redis://localhost:6379/0"; }

role=${1:-}
[ $# -eq 0 ] || shift
case $role in
web) meets && exec "$bin/gunicorn" -c deploy/gunicorn.conf.py portal.wsgi:application ;;
sockets) meets && exec "$bin/python" -m portal.server --host "${HOST:-0.0.0.0}" --port "${SOCKETS_PORT:-8001}" --workers "${SOCKET_WORKERS:-1}" ;;
worker) meets && exec "$bin/python" manage.py worker ;;
schedules) exec "$bin/python" manage.py run_schedules ;;
migrate) DATABASE_URL=${MIGRATION_DATABASE_URL:-${DATABASE_URL:-}} exec "$bin/python" manage.py migrate --noinput -v0 ;;
static) DJANGO_SETTINGS_MODULE=portal.settings.collect exec "$bin/python" manage.py collectstatic --noinput -v0 ;;
manage) exec "$bin/python" manage.py "$@" ;;
*)
	echo "Say which role: $0 web | sockets | worker | static | migrate | schedules | manage COMMAND" >&2
	exit 2
	;;
esac
