# SPDX-License-Identifier: GPL-3.0-or-later
"""Test cases in Python that report like the C ones: TAP, paths, a plan."""

import os
import subprocess
import sys
import traceback

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Failure(Exception):
    """The claim of a test case does not hold."""


class Skip(Exception):
    """It cannot be tried on this machine."""


def claim(holds, message):
    if not holds:
        raise Failure(message)


def no_faults(faults):
    claim(not faults, '\n'.join(faults))


def tracked(*patterns):
    """The files of the repository, or of a copy of it without git."""
    answer = subprocess.run(['git', '-c', f'safe.directory={ROOT}', 'ls-files', '-co',
                             '--exclude-standard', '-z', '--', *patterns],
                            cwd=ROOT, capture_output=True)
    claim(answer.returncode == 0, 'git ls-files: ' + answer.stderr.decode())
    names = [name for name in answer.stdout.decode().split('\0') if name]
    return sorted(name for name in set(names) if os.path.isfile(os.path.join(ROOT, name)))


def read(name):
    with open(os.path.join(ROOT, name), encoding='utf-8') as file:
        return file.read()


def must_succeed(argv, **options):
    answer = subprocess.run(argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            text=True, **options)
    claim(answer.returncode == 0, f'{" ".join(argv)}\n{answer.stdout}')
    return answer.stdout


def run(cases):
    """cases: (path, function) pairs.  Exits the process."""
    failed = False
    print(f'1..{len(cases)}')
    for number, (path, function) in enumerate(cases, 1):
        try:
            function()
            print(f'ok {number} {path}', flush=True)
        except Skip as reason:
            print(f'ok {number} {path} # SKIP {reason}', flush=True)
        except Exception as error:
            failed = True
            text = str(error) if isinstance(error, Failure) else traceback.format_exc()
            print(f'not ok {number} {path}')
            print('\n'.join('# ' + line[:500] for line in text.splitlines()), flush=True)
    sys.exit(1 if failed else 0)
