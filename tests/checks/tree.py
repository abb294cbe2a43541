#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tree.py BUILD: what holds for the files of the repository."""

import json
import os
import re
import stat
import sys

import tap

LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'
SOURCES = ('*.c', '*.h', '*.py', '*.sh', '*.ui', '*.css', '*.sql', '*meson.build', 'Makefile',
           '.ci/run', '*.xml', '*.desktop*')
MARKED = re.compile(r'(?<![A-Za-z_])(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*"')
TRANSLATABLE = re.compile(r'translatable="yes"')
# Made of parts, so that this file does not name what it forbids.
OUTSIDE = re.compile('|'.join((r'\.\.' '/shared', r'/wo' r'rk/', r'/ro' r'ot/', r'/fa' r'rm/',
                               r'/tmp/' r'(wt|brief)', r'\bsm-' r'land\b')))


def check_licence():
    faults = []
    for name in tap.tracked(*SOURCES):
        if LICENCE not in '\n'.join(tap.read(name).splitlines()[:4]):
            faults.append(f'{name} does not begin with its licence line')
    tap.no_faults(faults)


def check_nothing_outside():
    faults = []
    for name in tap.tracked():
        try:
            text = tap.read(name)
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) < 2000 and OUTSIDE.search(line):
                faults.append(f'{name}:{number}: {line.strip()}')
    tap.no_faults(faults)


def check_complete():
    tap.must_succeed(['sh', 'po/update.sh', '--check'])


def check_listed():
    listed = {line.strip() for line in tap.read('po/POTFILES.in').splitlines()}
    faults = []
    for name in tap.tracked('src/*.c', 'src/*.h', 'ui/*.ui'):
        pattern = TRANSLATABLE if name.endswith('.ui') else MARKED
        if pattern.search(tap.read(name)) and name not in listed:
            faults.append(f'{name} has visible text and is not in po/POTFILES.in')
    faults += [f'{name} is in po/POTFILES.in and not there' for name in listed - {''}
               if not name.startswith('#') and not os.path.exists(os.path.join(tap.ROOT, name))]
    tap.no_faults(faults)


def check_in_suites():
    """A test file that no meson.build names would never run."""
    with open(os.path.join(sys.argv[1], 'meson-info', 'intro-targets.json')) as file:
        built = {source for target in json.load(file)
                 for part in target['target_sources'] for source in part['sources']}
    with open(os.path.join(sys.argv[1], 'meson-info', 'intro-tests.json')) as file:
        built |= {word for test in json.load(file) for word in test['cmd']}
    built = {os.path.realpath(path) for path in built}
    tap.no_faults([f'{name} is in no meson.build'
                   for name in tap.tracked('tests/*/test-*.c', 'tests/*/test-*.py', 'tests/bench/*.c')
                   if os.path.realpath(os.path.join(tap.ROOT, name)) not in built])


def check_scripts():
    faults = []
    for name in tap.tracked('*.sh', '*.py', '.ci/run'):
        runnable = os.stat(os.path.join(tap.ROOT, name)).st_mode & stat.S_IXUSR
        if tap.read(name).startswith('#!') and not runnable:
            faults.append(f'{name} begins like a program and cannot be run')
    tap.no_faults(faults)


def check_short():
    """A file past 700 lines wants to be two; past 1,200 it has to be."""
    faults = []
    for name in tap.tracked('src/*.c', 'src/*.h', 'tests/*.c', 'tests/*.py'):
        lines = tap.read(name).count('\n')
        if lines > 1200:
            faults.append(f'{name} has {lines} lines')
    tap.no_faults(faults)


sys.dont_write_bytecode = True
tap.run([
    ('/checks/tree/licence', check_licence),
    ('/checks/tree/nothing-outside', check_nothing_outside),
    ('/checks/tree/every-test-runs', check_in_suites),
    ('/checks/tree/scripts-run', check_scripts),
    ('/checks/tree/short-files', check_short),
    ('/checks/translations/complete', check_complete),
    ('/checks/translations/listed', check_listed),
])
