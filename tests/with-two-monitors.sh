#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test on two monitors: weston with two outputs, in the display of
# with-display.sh.  SM_TEST_UNPLUG is a command that unplugs the second.
here=$(dirname "$0")
if [ "$SM_TEST_INSIDE" != yes ]; then
  SM_TEST_INSIDE=yes SM_TEST_SCREEN=2560x720 exec "$here/with-display.sh" "$0" "$@"
fi
weston --backend=x11-backend.so --output-count=2 --width=1280 --height=720 --use-pixman \
  --idle-time=0 --no-config --socket=two-monitors >"$XDG_RUNTIME_DIR/weston.log" 2>&1 &
weston=$!
trap 'kill $weston 2>/dev/null' EXIT
tries=0
until [ -S "$XDG_RUNTIME_DIR/two-monitors" ]; do
  tries=$((tries + 1))
  if [ $tries -gt 150 ] || ! kill -0 $weston 2>/dev/null; then
    cat "$XDG_RUNTIME_DIR/weston.log" >&2
    exit 1
  fi
  sleep 0.1
done
export GDK_BACKEND=wayland WAYLAND_DISPLAY=two-monitors
export SM_TEST_UNPLUG="/usr/bin/python3 $here/unplug-monitor.py"
"$@"
