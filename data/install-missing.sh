#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# install-missing.sh PACKAGE=PROOF...  Installs the Debian packages whose proof
# is not there: as root, else through sudo, else it prints the one line to type
# and fails.  The Makefile says what a proof may be.

exists ()
{
  for path in $1; do
    [ -e "$path" ] && return 0
  done
  return 1
}

is_there ()
{
  case $1 in
    pc:*) pkg-config --exists "${1#pc:}" 2>/dev/null ;;
    py:*) /usr/bin/python3 -c "import ${1#py:}" 2>/dev/null ;;
    /*) exists "$1" ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

missing=
for need in "$@"; do
  is_there "${need#*=}" || missing="$missing ${need%%=*}"
done
[ -n "$missing" ] || exit 0

line="apt-get install -y --no-install-recommends$missing"
stop ()
{
  echo "These packages are missing:$missing" >&2
  echo "$1" >&2
  exit 1
}

command -v apt-get >/dev/null 2>&1 ||
  stop 'This is not Debian: install what your system calls them, then try again.'
if [ "$(id -u)" = 0 ]; then
  as_root=
elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
  as_root=sudo
else
  stop "Type this as root, then try again:
apt-get update && $line"
fi
echo "Installing:$missing"
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q &&
  $as_root env DEBIAN_FRONTEND=noninteractive $line || stop 'apt-get could not install them: see above.'
