#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test on a virtual display of its own, with a session bus, fonts and
# settings that are the same everywhere.
set -e
config=$(mktemp -d)
trap 'rm -rf "$config"' EXIT
trap 'exit 143' TERM INT HUP
mkdir -p "$config/gtk-4.0" "$config/home"
cat >"$config/gtk-4.0/settings.ini" <<EOF
[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
EOF
export XDG_CONFIG_HOME="$config" XDG_CACHE_HOME="$config/home/cache" XDG_DATA_HOME="$config/home/data"
export HOME="$config/home" GSK_RENDERER=cairo GDK_BACKEND=x11 GTK_A11Y="${SM_TEST_A11Y:-test}"
export NO_AT_BRIDGE=1
# The X server's own noise must not get between the lines of the test's report.
xvfb-run -a -s "-screen 0 ${SM_TEST_SCREEN:-1920x1080}x24 -nolisten tcp" \
  dbus-run-session -- "$@" 3>&-
