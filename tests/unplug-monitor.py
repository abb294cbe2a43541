#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""unplug-monitor.py: asks the last window of weston to close, which unplugs that output."""

import ctypes
import subprocess

CLIENT_MESSAGE = 33


class ClientMessage(ctypes.Structure):
    _fields_ = [('type', ctypes.c_int), ('serial', ctypes.c_ulong), ('send_event', ctypes.c_int),
                ('display', ctypes.c_void_p), ('window', ctypes.c_ulong),
                ('message_type', ctypes.c_ulong), ('format', ctypes.c_int),
                ('data', ctypes.c_long * 5), ('rest', ctypes.c_long * 24)]


def main():
    windows = subprocess.run(['xdotool', 'search', '--class', 'weston'], check=True,
                             capture_output=True, text=True).stdout.split()
    x11 = ctypes.CDLL('libX11.so.6')
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    window = ctypes.c_ulong(int(windows[-1]))
    message = ClientMessage(CLIENT_MESSAGE, 0, 1, display, window,
                            x11.XInternAtom(display, b'WM_PROTOCOLS', 0), 32)
    message.data[0] = x11.XInternAtom(display, b'WM_DELETE_WINDOW', 0)
    x11.XSendEvent(display, window, 0, 0, ctypes.byref(message))
    x11.XSync(display, 0)


if __name__ == '__main__':
    main()
