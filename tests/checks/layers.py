#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""layers.py BUILD: do the folders keep to src/layers.txt?

Reads every include and, by nm, what every static library needs from others.
"""

import os
import re
import subprocess
import sys

import tap

# The headers that bring a library's symbols, for those that cost a layer.
FOREIGN_HEADERS = (
    ('gtk/', 'gtk_'), ('gdk/', 'gdk_'), ('gsk/', 'gsk_'), ('adwaita.h', 'adw_'),
    ('graphene', 'graphene_'), ('cairo', 'cairo_'), ('pango/', 'pango_'),
    ('shumate/', 'shumate_'), ('libsoup/', 'soup_'), ('curl/', 'curl_'), ('json-glib/', 'json_'),
    ('sqlite3.h', 'sqlite3_'), ('libsecret/', 'secret_'), ('gsound', 'gsound_'),
)
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.MULTILINE)


class Table:
    """src/layers.txt."""

    def __init__(self, text):
        self.may_include = {}
        self.may_need = {}
        for line in text.splitlines():
            if not line.strip() or line.startswith('#'):
                continue
            folder, include, need = (part.strip() for part in line.split('|'))
            self.may_include[folder] = set(include.split()) | {folder}
            self.may_need[folder] = set(need.split())
        self.prefixes = set().union(*self.may_need.values())

    def foreign(self, folder, symbol):
        """The prefix by which the folder must not need the symbol, or None."""
        for prefix in self.prefixes - self.may_need[folder]:
            if symbol.startswith(prefix):
                return prefix
        return None


def folder_of(path):
    """'src/pages/wall/x.c' -> ('pages', 'pages/wall'); the main files: None."""
    parts = path.split('/')[1:-1]
    return (parts[0], '/'.join(parts)) if parts else (None, '')


def include_faults(table, files, text_of):
    home = {os.path.basename(path): folder_of(path) for path in files if path.endswith('.h')}
    faults = []
    for path in files:
        folder, place = folder_of(path)
        if folder is None:
            continue
        if folder not in table.may_include:
            faults.append(f'{path}: src/layers.txt does not know {folder}')
            continue
        for quote, header in INCLUDE.findall(text_of(path)):
            faults += one_include(table, path, (folder, place), quote, header, home)
    return faults


def one_include(table, path, where, quote, header, home):
    folder, place = where
    for start, prefix in FOREIGN_HEADERS:
        if header.startswith(start) and prefix not in table.may_need[folder]:
            return [f'{path} includes <{header}>, which {folder} may not use']
    if quote == '<' or header == 'config.h' or header.endswith('-resources.h'):
        return []
    owner, owner_place = home.get(os.path.basename(header), (None, ''))
    if owner is None:
        return [f'{path} includes "{header}", which is nowhere in src']
    if owner not in table.may_include[folder]:
        return [f'{path} includes "{header}" of {owner}']
    if owner_place != place and header.endswith('-private.h'):
        return [f'{path} includes "{header}", which is private to {owner_place}']
    if owner == folder == 'pages' and owner_place != place:
        return [f'{path} includes "{header}" of another page']
    return []


def nm(option, library):
    answer = subprocess.run(['nm', option, '--format=posix', library], check=True,
                            capture_output=True, text=True)
    lines = (line.split() for line in answer.stdout.splitlines())
    return {words[0] for words in lines if len(words) >= 2}


def libraries(build):
    for place, _, names in os.walk(os.path.join(build, 'src')):
        for name in names:
            if name.endswith('.a'):
                relative = os.path.relpath(place, build)
                yield folder_of(f'{relative}/x')[0], os.path.join(place, name)


def symbol_faults(table, build):
    found = list(libraries(build))
    tap.claim(len(found) > 3, f'no libraries in {build}/src')
    owner = {symbol: folder for folder, library in found
             for symbol in nm('--defined-only', library)}
    faults = []
    for folder, library in found:
        for symbol in sorted(nm('--undefined-only', library)):
            prefix = table.foreign(folder, symbol)
            if prefix:
                faults.append(f'{folder} needs {symbol}; {prefix} is not for it')
            elif owner.get(symbol, folder) not in table.may_include[folder]:
                faults.append(f'{folder} needs {symbol} of {owner[symbol]}')
    return faults


def check_includes():
    table = Table(tap.read('src/layers.txt'))
    files = tap.tracked('src/*.c', 'src/*.h')
    tap.claim(len(files) > 20, 'src is empty')
    tap.no_faults(include_faults(table, files, tap.read))


def check_symbols():
    tap.no_faults(symbol_faults(Table(tap.read('src/layers.txt')), sys.argv[1]))


def check_would_notice():
    """The judge itself: a wrong include of each kind is found."""
    table = Table('base | | \nstore | base | sqlite3_\npages | base | gtk_\n')
    texts = {
        'src/base/sm-a.h': '#include <sqlite3.h>\n',
        'src/base/sm-a.c': '#include "sm-b.h"\n',
        'src/store/sm-b.h': '#include "sm-a.h"\n#include <sqlite3.h>\n#include "config.h"\n',
        'src/store/sm-b-private.h': '',
        'src/pages/one/sm-one.c': '#include "sm-two.h"\n#include "sm-gone.h"\n#include <gtk/gtk.h>\n',
        'src/pages/two/sm-two.h': '',
        'src/odd/sm-odd.c': '',
    }
    faults = include_faults(table, list(texts), texts.get)
    tap.claim(len(faults) == 5, 'expected five faults:\n' + '\n'.join(faults))
    tap.claim(table.foreign('base', 'sqlite3_open') == 'sqlite3_', 'sqlite3_open went unseen')
    tap.claim(table.foreign('store', 'sqlite3_open') is None, 'store may use SQLite')


tap.run([
    ('/checks/layers/includes', check_includes),
    ('/checks/layers/symbols', check_symbols),
    ('/checks/layers/would-notice', check_would_notice),
])
