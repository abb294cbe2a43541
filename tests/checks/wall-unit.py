#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""wall-unit.py BUILD: the wall as a unit of a person's session.

The unit is judged as a file; what it relies on, that the program ends with its
display and not later, is tried with a real one.
"""

import configparser
import os
import shutil
import subprocess
import sys
import tempfile

import tap

BUILD = os.path.abspath(sys.argv[1])
UNIT = f'{BUILD}/data/stationmaster-wall.service'
PATIENCE = 60


def read_unit():
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(UNIT)
    return unit


def check_comes_back():
    unit = read_unit()
    tap.claim(unit['Service']['Restart'] == 'always', 'it does not always come back')
    tap.claim(unit['Unit']['StartLimitIntervalSec'] == '0', 'it gives up after some falls')
    tap.claim(unit['Install']['WantedBy'] == 'graphical-session.target', 'nothing starts it')
    tap.claim('--wall' in unit['Service']['ExecStart'], 'it starts no wall')


def check_verified():
    program = shutil.which('systemd-analyze')
    if program is None:
        raise tap.Skip('there is no systemd-analyze')
    with tempfile.TemporaryDirectory() as folder:
        with open(UNIT, encoding='utf-8') as file:
            text = file.read()
        # As installed: a program that is there.
        path = f'{folder}/stationmaster-wall.service'
        with open(path, 'w', encoding='utf-8') as file:
            file.write('\n'.join(f'ExecStart={BUILD}/src/stationmaster --wall'
                                 if line.startswith('ExecStart=') else line
                                 for line in text.splitlines()) + '\n')
        answer = subprocess.run([program, '--user', 'verify', path], capture_output=True, text=True,
                                env={**os.environ, 'XDG_RUNTIME_DIR': folder})
    said = [line for line in (answer.stdout + answer.stderr).splitlines()
            if 'stationmaster' in line]
    if answer.returncode != 0 and not said:
        raise tap.Skip('systemd-analyze cannot verify here: ' + answer.stderr.strip()[-200:])
    tap.claim(not said, '\n'.join(said))


def check_ends_with_its_display():
    with tempfile.TemporaryDirectory() as home:
        runtime = f'{home}/run'
        os.mkdir(runtime, 0o700)
        environment = {**os.environ, 'HOME': home, 'XDG_RUNTIME_DIR': runtime,
                       'XDG_CONFIG_HOME': home, 'XDG_CACHE_HOME': home, 'XDG_STATE_HOME': home,
                       'GDK_BACKEND': 'wayland', 'WAYLAND_DISPLAY': 'wall',
                       'GSK_RENDERER': 'cairo', 'GSETTINGS_BACKEND': 'memory', 'GTK_A11Y': 'none'}
        for _ in range(2):
            display = subprocess.Popen(
                ['weston', '--backend=headless-backend.so', '--no-config', '--idle-time=0',
                 '--socket=wall'], env=environment, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, text=True)
            wall = None
            try:
                tap.claim(any('weston-desktop-shell' in line for line in display.stderr),
                          'there was no display')
                wall = subprocess.Popen(
                    [f'{BUILD}/src/stationmaster', '--wall', '--server', 'http://127.0.0.1:1'],
                    env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                tap.claim(any('a wall of 1 monitors' in line for line in wall.stderr),
                          'there was no wall')
                display.kill()
                wall.communicate(timeout=PATIENCE)
                tap.claim(wall.returncode != 0, 'it ended as if somebody had asked it to')
            finally:
                display.kill()
                display.communicate()
                if wall is not None and wall.poll() is None:
                    wall.kill()
                    wall.communicate()


tap.run([
    ('/checks/wall-unit/comes-back', check_comes_back),
    ('/checks/wall-unit/verified', check_verified),
    ('/checks/wall-unit/ends-with-its-display', check_ends_with_its_display),
])
