#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""acts.py BUILD: data/acts.txt against what the application can do."""

import re

import tap

INSTALLED = re.compile(r'install_(?:property_)?action \(\s*[^,]+,\s*"([a-z]+\.[a-z-]+)"')
ENTRY = re.compile(r'\{ \.name = "([a-z-]+)"')
SETTING = re.compile(r'g_settings_create_action \([^,]+, "([a-z-]+)"\)')
NAMED = re.compile(r'["|>]([a-z]+\.[a-z-]+)["|<(]')
ASKED = re.compile(r'sm_ops_may \([^"{};]*?"([a-z_]+\.[a-z_]+)"\)')
# What GTK has of its own, and a file.
OTHERS = {'list.scroll-to-item', 'window.close', 'diagnostics.txt'}


def read_table():
    acts, never = {}, set()
    for line in tap.read('data/acts.txt').splitlines():
        words = line.split()
        if line.startswith('act '):
            tap.claim(words[1] not in acts and words[2] == '|', line)
            acts[words[1]] = words[3:]
        elif line.startswith('never '):
            never.add(words[1])
        else:
            tap.claim(not line or line.startswith('#'), line)
    return acts, never


def groups_of(actions):
    return {action.split('.')[0] for action in actions}


def read_permissions():
    found = set()
    for line in tap.read('data/rights.txt').splitlines():
        if line.startswith('role '):
            found.update(line.split('|')[1].split())
    return found


def sources():
    for name in tap.tracked('src/*.c', 'ui/*.ui'):
        yield name, tap.read(name)


def installed():
    """Every action, and the file that it is of."""
    found = {}
    for name, text in sources():
        for action in INSTALLED.findall(text):
            found[action] = name
        if name.startswith('src/app/'):
            # Of an application's map, but for the window's own.
            group = 'win' if name.endswith('sm-window.c') else 'app'
            for action in ENTRY.findall(text) + SETTING.findall(text):
                found[f'{group}.{action}'] = name
    return found


def check_listed():
    acts, _ = read_table()
    found = installed()
    tap.claim(len(found) > 30, f'only {len(found)} actions found')
    groups = groups_of(acts)
    faults = [f'{name}: {action} is not in data/acts.txt'
              for action, name in sorted(found.items())
              if action not in acts and action.split('.')[0] in groups]
    faults += [f'data/acts.txt: nothing installs {action}' for action in acts if action not in found]
    tap.no_faults(faults)


def check_groups():
    """A page that is being made has a group of its own, which is listed when the page is done."""
    acts, _ = read_table()
    open_groups = groups_of(installed()) - groups_of(acts)
    if open_groups:
        raise tap.Skip(f'not in data/acts.txt yet: {" ".join(sorted(open_groups))}')


def check_named():
    acts, _ = read_table()
    groups = groups_of(acts)
    faults = []
    for name, text in sources():
        for action in NAMED.findall(text):
            if action.split('.')[0] in groups and action not in acts and action not in OTHERS:
                faults.append(f'{name}: no act is called {action}')
    tap.no_faults(faults)


def check_permissions():
    acts, never = read_table()
    known = read_permissions()
    needed = {word for words in acts.values() for word in words} - {'anybody', 'pending'}
    faults = [f'data/acts.txt: no role has {word}' for word in sorted((needed | never) - known)]
    faults += [f'{word} is needed by an act and is said never to be' for word in needed & never]
    for name, text in sources():
        faults += [f'{name}: no role has {word}' for word in ASKED.findall(text)
                   if word not in known]
    tap.no_faults(faults)


tap.run([('/checks/acts/every-action-is-listed', check_listed),
         ('/checks/acts/every-group-is-listed', check_groups),
         ('/checks/acts/every-name-is-an-action', check_named),
         ('/checks/acts/permissions-are-of-roles', check_permissions)])
