#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""packaging.py BUILD: what a desktop, a shop and a packager read."""

import json
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as xml

import tap

APP = 'io.github.stationmaster.Stationmaster'
BUILD = sys.argv[1]
PINS = ('sha256', 'sha512', 'commit')


def check_desktop():
    path = f'{BUILD}/data/{APP}.desktop'
    tap.must_succeed(['desktop-file-validate', path])
    with open(path, encoding='utf-8') as file:
        text = file.read()
    tap.claim(re.search(r'^Comment\[zh_CN\]=\S', text, re.MULTILINE), 'no Chinese in it')
    tap.claim(f'Icon={APP}\n' in text, 'the icon is not the application id')


def check_metainfo():
    path = f'{BUILD}/data/{APP}.metainfo.xml'
    tap.must_succeed(['appstreamcli', 'validate', '--no-net', path])
    root = xml.parse(path).getroot()
    tap.claim(root.findtext('id') == APP, 'another id')
    newest = root.find('releases/release').get('version')
    version = re.search(r"version: '([^']+)'", tap.read('meson.build'))[1]
    tap.claim(newest == version, f'release {newest}, meson.build says {version}')


def check_schema():
    tap.must_succeed(['glib-compile-schemas', '--strict', '--dry-run', 'data'])
    root = xml.fromstring(tap.read(f'data/{APP}.gschema.xml'))
    keys = [key.get('name') for key in root.iter('key')]
    sources = ''.join(tap.read(name) for name in tap.tracked('src/*.c', 'src/*.h'))
    tap.no_faults([f'nothing reads or writes the setting {key}' for key in keys
                   if f'"{key}"' not in sources])


def check_icons():
    icons = tap.tracked('data/icons/*.svg')
    tap.claim(len(icons) == 2, f'expected two icons: {icons}')
    for icon in icons:
        root = xml.fromstring(tap.read(icon))
        box = [float(number) for number in root.get('viewBox').split()]
        tap.claim(box[2] == box[3] > 0, f'{icon} is not square')
        tap.claim(not list(root.iter('{http://www.w3.org/2000/svg}image')), f'{icon} embeds pixels')
        with tempfile.TemporaryDirectory() as folder:
            picture = os.path.join(folder, 'icon.png')
            tap.must_succeed(['gdk-pixbuf-thumbnailer', '-s', '64', icon, picture])
            # An icon of one colour throughout would be far smaller.
            tap.claim(os.path.getsize(picture) > 300, f'{icon} draws nothing')


def source_faults(module):
    for source in module.get('sources', []):
        if source['type'] in ('dir', 'file', 'inline') and 'url' not in source:
            continue
        if not any(pin in source for pin in PINS):
            yield f'{module["name"]}: {source.get("url")} is not pinned'
    for inner in module.get('modules', []):
        yield from source_faults(inner)


def check_flatpak():
    manifest = json.loads(tap.read(f'flatpak/{APP}.json'))
    tap.claim(manifest['id'] == APP, 'another id')
    for key in ('runtime', 'runtime-version', 'sdk', 'command', 'finish-args', 'modules'):
        tap.claim(manifest.get(key), f'{key} is missing')
    tap.claim(manifest['command'] == 'stationmaster', 'another command')
    tap.claim(manifest['modules'][-1]['sources'][0]['type'] == 'dir', 'not built from this tree')
    # A build that reaches the network gives something else every day.
    tap.claim('--share=network' not in json.dumps(manifest['modules']), 'a build with network')
    tap.no_faults([fault for module in manifest['modules'] for fault in source_faults(module)])


tap.run([
    ('/checks/packaging/desktop-file', check_desktop),
    ('/checks/packaging/metainfo', check_metainfo),
    ('/checks/packaging/settings-schema', check_schema),
    ('/checks/packaging/icons', check_icons),
    ('/checks/packaging/flatpak-manifest', check_flatpak),
])
