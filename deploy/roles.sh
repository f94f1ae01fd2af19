#!/bin/sh
# Run once, when PostgreSQL makes its data folder: the database and the two roles that use it.
#
# workbench_owner  makes and changes tables; `workbench db upgrade` alone runs as it.
# workbench_app    reads and writes rows; the processes run as it. As it owns no table it can take
#                  no trigger away, and the triggers are what keeps events from being changed.
#
# Passwords come from files, one line each: OWNER_PASSWORD_FILE and APP_PASSWORD_FILE.
set -eu
owner=$(cat "$OWNER_PASSWORD_FILE") app=$(cat "$APP_PASSWORD_FILE")
export OWNER_PASSWORD="$owner" APP_PASSWORD="$app" # not as arguments: others could see those

psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
CREATE ROLE workbench_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE workbench_app LOGIN PASSWORD :'app_password';
CREATE DATABASE workbench OWNER workbench_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE workbench FROM PUBLIC;
GRANT CONNECT ON DATABASE workbench TO workbench_app;
\connect workbench
ALTER SCHEMA public OWNER TO workbench_owner;
GRANT USAGE ON SCHEMA public TO workbench_app;
ALTER DEFAULT PRIVILEGES FOR ROLE workbench_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO workbench_app;
ALTER DEFAULT PRIVILEGES FOR ROLE workbench_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO workbench_app;
SQL
