#!/bin/sh
# Make the passwords of the database, once: `sudo deploy/make-secrets.sh`. No person needs them.
#
# A file belongs to the user that reads it inside its container, and to nobody else: 999 is the
# database's, 10001 the workbench's. libpq refuses a password file that others may read.
set -eu
umask 077
folder=${1:-$(dirname "$0")/secrets}
database=${2:-999} workbench=${3:-10001}
if [ -e "$folder" ]; then
  echo "$folder is there already. Nothing was changed." >&2
  exit 1
fi
mkdir -p "$folder"

password() {
  head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'
}

password > "$folder/postgres_password"
for role in owner app; do
  password > "$folder/${role}_password"
  printf '*:*:workbench:workbench_%s:%s\n' "$role" "$(cat "$folder/${role}_password")" \
    > "$folder/${role}_pgpass"
done
chmod 0400 "$folder"/*
chown "$database" "$folder"/*_password
chown "$workbench" "$folder"/*_pgpass
echo "Made the database's passwords in $folder."
