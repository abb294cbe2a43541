#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test on a virtual display of its own, with a session bus, fonts and
# settings that are the same everywhere.  SM_TEST_SCREEN is the display's size;
# SM_TEST_HOME a home folder that is to outlive the run; SM_TEST_SETTINGS a file that
# GSettings is to begin with, where GSETTINGS_BACKEND is keyfile.
set -e
config=$(mktemp -d)
trap 'rm -rf "$config"' EXIT
trap 'exit 143' TERM INT HUP
home="${SM_TEST_HOME:-$config/home}"
mkdir -p "$config/gtk-4.0" "$home"
mkdir -m 700 "$config/run"
cat >"$config/gtk-4.0/settings.ini" <<EOS
[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
EOS
if [ -n "$SM_TEST_SETTINGS" ]; then
  mkdir -p "$config/glib-2.0/settings"
  cp "$SM_TEST_SETTINGS" "$config/glib-2.0/settings/keyfile"
fi
export HOME="$home" XDG_CONFIG_HOME="$config" XDG_RUNTIME_DIR="$config/run"
export XDG_CACHE_HOME="$home/cache" XDG_DATA_HOME="$home/data" XDG_STATE_HOME="$home/state"
export GSK_RENDERER=cairo GDK_BACKEND=x11 GTK_A11Y="${SM_TEST_A11Y:-test}" NO_AT_BRIDGE=1
# Without -noreset the server starts anew, deaf for a moment, whenever its last client has gone.
# The noise of the X server and of what the bus starts must not get between the lines of the test's report.
xvfb-run -a -s "-screen 0 ${SM_TEST_SCREEN:-1920x1080}x24 -nolisten tcp -noreset" \
  dbus-run-session -- sh -c 'exec "$@" >&9 9>&-' sh "$@" 3>&- 9>&1 >&2
