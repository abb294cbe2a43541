#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Makefile and what it does before anything is built."""

import importlib.util
import os
import subprocess
import tempfile

import tap

INSTALL = os.path.join(tap.ROOT, 'data', 'install-missing.sh')


class Machine:
    """A PATH with nothing in it but the programs a test puts there."""

    def __init__(self, folder):
        self.folder = folder
        self.log = os.path.join(folder, 'log')

    def put(self, name, body):
        path = os.path.join(self.folder, name)
        with open(path, 'w') as file:
            file.write(f'#!/bin/sh\n{body}\n')
        os.chmod(path, 0o755)

    def install(self, *needs):
        answer = subprocess.run(['/bin/sh', INSTALL, *needs], env={'PATH': self.folder},
                                stdin=subprocess.DEVNULL, capture_output=True, text=True)
        calls = ''
        if os.path.exists(self.log):
            with open(self.log) as log:
                calls = log.read()
        return answer.returncode, answer.stdout + answer.stderr, calls


def debian(folder, user):
    machine = Machine(folder)
    machine.put('id', f'echo {user}')
    machine.put('env', 'exec /usr/bin/env PATH="$PATH" "$@"')
    machine.put('apt-get', f'echo "$DEBIAN_FRONTEND $*" >>{machine.log}')
    return machine


def with_machine(user, test):
    def case():
        with tempfile.TemporaryDirectory() as folder:
            test(debian(folder, user))
    return case


def check_nothing_missing(machine):
    machine.put('there', '')
    code, text, calls = machine.install('one=there', 'two=/etc/pass*')
    tap.claim(code == 0 and not text and not calls, f'{code} {text} {calls}')


def check_as_root(machine):
    machine.put('there', '')
    code, text, calls = machine.install('one=there', 'two=gone', 'three=pc:gone', 'four=/gone/*')
    wanted = ('noninteractive update -q\n'
              'noninteractive install -y --no-install-recommends two three four\n')
    tap.claim(code == 0, text)
    tap.claim(calls == wanted, calls)


def check_with_sudo(machine):
    machine.put('sudo', '[ "$1" = -n ] && exit 0; exec "$@"')
    code, text, calls = machine.install('two=gone')
    tap.claim(code == 0 and calls.endswith(' two\n'), f'{code} {text} {calls}')


def check_line_to_type(machine):
    code, text, calls = machine.install('two=gone', 'three=gone')
    tap.claim(code == 1 and not calls, f'{code} {calls}')
    tap.claim('apt-get install -y --no-install-recommends two three' in text, text)


def check_apt_fails(machine):
    machine.put('apt-get', '[ "$1" = update ] || exit 100')
    code, text, _ = machine.install('two=gone')
    tap.claim(code == 1 and 'two' in text, f'{code} {text}')


def check_targets():
    text = tap.must_succeed(['make', '--no-print-directory'])
    for target in ('run', 'test', 'bench', 'screenshots', 'accept', 'clean'):
        tap.claim(f'make {target} ' in text, f'help does not name {target}')
        tap.must_succeed(['make', '-n', target])


def runner():
    path = os.path.join(tap.ROOT, 'tests', 'run-suites.py')
    spec = importlib.util.spec_from_file_location('runner', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def check_counts_cases():
    """Single claims are counted, and none is lost with a crash."""
    cases_of = runner().cases_of
    tested = '1..3\nok 1 /a/one\n# Start of b\nnot ok 2 /a/two\n# why\nok 3 /a/three # SKIP no\n'
    outcomes = list(cases_of({'name': 'a', 'result': 'ERROR', 'stdout': tested}))
    tap.claim(outcomes == [('/a/one', 'passed'), ('/a/two', 'failed'), ('/a/three', 'skipped')],
              str(outcomes))
    crashed = list(cases_of({'name': 'x / a', 'result': 'ERROR', 'stdout': '1..2\nok 1 /a/one\n'}))
    tap.claim(crashed == [('/a/one', 'passed'), ('/a:error', 'failed')], str(crashed))
    silent = list(cases_of({'name': 'a', 'result': 'TIMEOUT'}))
    tap.claim(silent == [('/a:timeout', 'failed')], str(silent))


def check_says_why():
    said = dict(runner().reasons_of({'stdout': 'not ok 1 /a/one\n# because\n# of it\nok 2 /a/two\n# no\n'}))
    tap.claim(said == {'/a/one': ['because', 'of it']}, str(said))


tap.run([
    ('/checks/make/help-names-targets', check_targets),
    ('/checks/make/counts-single-cases', check_counts_cases),
    ('/checks/make/says-why-it-failed', check_says_why),
    ('/checks/make/installs-nothing-needlessly', with_machine(0, check_nothing_missing)),
    ('/checks/make/installs-as-root', with_machine(0, check_as_root)),
    ('/checks/make/installs-with-sudo', with_machine(1000, check_with_sudo)),
    ('/checks/make/says-what-to-type', with_machine(1000, check_line_to_type)),
    ('/checks/make/says-when-apt-fails', with_machine(0, check_apt_fails)),
])
