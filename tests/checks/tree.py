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
SOURCES = ('*.c', '*.h', '*.js', '*.html', '*.py', '*.sh', '*.ui', '*.css', '*.sql', '*meson.build', 'Makefile',
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


# The pages for phones have their words in JSON: slugs that are put together are named here.
MADE_OF = {
    'fix': ('temporary', 'permanent'),
    'level': ('1', '2', '3', '4'),
    'noun': ('station', 'pile', 'battery'),
    'state': ('refused',),
}
ENUMS = {'state': 'sm_work_order_states', 'role': 'sm_phone_roles'}


def slugs_of(name):
    """The slugs of an enumeration of the domain."""
    for path in ('src/domain/sm-noun.c', 'src/domain/sm-words-work.c'):
        found = re.search(name + r'\[\]\s*=\s*\{(.*?)NULL', tap.read(path), re.DOTALL)
        if found:
            return re.findall(r'"(\w+)"', found[1])
    raise tap.Failure(f'there is no {name}')


def needed_words():
    texts = [tap.read(name) for name in tap.tracked('ui/service/*.js')]
    needed = {word for text in texts for word in re.findall(r"\bt\('([\w.-]+)'", text)}
    needed |= {f'{kind}.{slug}' for kind, slugs in MADE_OF.items() for slug in slugs}
    needed |= {f'{kind}.{slug}' for kind, name in ENUMS.items() for slug in slugs_of(name)}
    verbs = re.search(r'const VERBS = \{(.*?)\n\};', '\n'.join(texts), re.DOTALL)[1]
    needed |= {f'verb.{verb}' for verb in re.findall(r'^  (\w+): \{', verbs, re.MULTILINE)}
    scans = tap.read('src/rules/sm-scans.c')
    for name in ('of_station', 'of_pile', 'of_battery'):
        slugs = re.search(name + r'\[\]\s*=\s*\{(.*?)NULL', scans, re.DOTALL)[1]
        needed |= {f'what.{slug}' for slug in re.findall(r'"(\w+)"', slugs)}
    return needed


def check_phone_words():
    languages = {name: json.loads(tap.read(f'ui/service/words.{name}.json'))
                 for name in ('en', 'zh-CN')}
    needed = needed_words()
    faults = []
    for name, words in languages.items():
        faults += [f'{name} has no words for {key}' for key in sorted(needed - set(words))]
        faults += [f'{key} of {name} is said nowhere' for key in sorted(set(words) - needed)
                   if not key.startswith('problem.')]
        faults += [f'{key} of {name} is empty' for key, text in words.items() if not text.strip()]
    faults += [f'{key} is in one language only'
               for key in sorted(set(languages['en']) ^ set(languages['zh-CN']))]
    faults += [f'{key} does not have the same values in both languages' for key in languages['en']
               if set(re.findall(r'\{(\w+)\}', languages['en'][key]))
               != set(re.findall(r'\{(\w+)\}', languages['zh-CN'].get(key, '')))]
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
    ('/checks/translations/phones', check_phone_words),
])
