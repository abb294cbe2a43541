#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""run-suites.py BUILD [meson test options]: runs tests and counts single cases.

meson counts executables; a person wants to know how many claims were tried.
The outcome of each goes to BUILD/results.tsv, which `make accept` reads, and
the last line is `N passed, N failed`.  Those of the suite soak go to BUILD/soaks.tsv
instead, and with --benchmark the figures to BUILD/bench.txt.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

CASE = re.compile(r'^\s*(not )?ok \d+ (?:- )?(/\S+)[^#]*(?:#\s*(SKIP|TODO)\b)?', re.IGNORECASE)


def name_of(record):
    return '/' + record['name'].split(' / ')[-1].strip('/')


def crash_of(record):
    return f'{name_of(record)}:{record["result"].lower()}'


def cases_of(record):
    """Yields (path, outcome) for each test case of one executable."""
    clean = record['result'] in ('OK', 'SKIP', 'EXPECTEDFAIL')
    seen_failure = seen_any = False
    for line in record.get('stdout', '').splitlines():
        match = CASE.match(line)
        if not match:
            continue
        seen_any = True
        if match[3]:
            yield match[2], 'skipped'
        elif match[1]:
            seen_failure = True
            yield match[2], 'failed'
        else:
            yield match[2], 'passed'
    # An executable that crashed, ran out of time or lost its plan has failed
    # even when every case it came to had passed.
    if not clean and not seen_failure:
        yield crash_of(record), 'failed'
    elif clean and not seen_any:
        yield name_of(record), 'skipped' if record['result'] == 'SKIP' else 'passed'


def reasons_of(record):
    """Yields (path, what the test said right after) for each failed case."""
    path, lines = None, []
    bail_outs = [line for line in record.get('stdout', '').splitlines()
                 if line.startswith('Bail out!')]
    if bail_outs:
        yield crash_of(record), bail_outs
    for line in record.get('stdout', '').splitlines() + ['ok']:
        match = CASE.match(line)
        if path and line.startswith('#') and len(lines) < 20:
            lines.append(line[1:].strip())
        elif path:
            yield path, lines
            path = None
        if match and match[1]:
            path, lines = match[2], []


def records(path):
    with open(path, encoding='utf-8') as log:
        return [json.loads(line) for line in log]


def kept_of(path, ran):
    """The lines in @path of tests that were not run this time."""
    if not os.path.exists(path):
        return []
    names = {name_of(record) for record in ran}
    with open(path, encoding='utf-8') as results:
        return [line for line in results if line.rstrip('\n').split('\t')[2] not in names]


def report_tests(build, code, name):
    log = os.path.join(build, 'meson-logs', 'testlog.json')
    ran = records(log)
    outcomes = [case for record in ran for case in cases_of(record)]
    reasons = {path: lines for record in ran for path, lines in reasons_of(record)}
    path = os.path.join(build, name)
    # One soak that is run again does not take the outcome of the others with it.
    kept = kept_of(path, ran) if name == 'soaks.tsv' else []
    with open(path, 'w', encoding='utf-8') as results:
        results.writelines(kept)
        results.writelines(f'{case}\t{outcome}\t{name_of(record)}\n'
                           for record in ran for case, outcome in cases_of(record))
    count = {'passed': 0, 'failed': 0, 'skipped': 0}
    for path, outcome in outcomes:
        count[outcome] += 1
        if outcome == 'failed':
            print(f'failed: {path}')
            print(''.join(f'  {line}\n' for line in reasons.get(path, ())), end='')
    skipped = f', {count["skipped"]} skipped' if count['skipped'] else ''
    print(f'{count["passed"]} passed, {count["failed"]} failed{skipped}')
    return 1 if code or count['failed'] or not count['passed'] else 0


def report_benchmarks(build, code):
    log = os.path.join(build, 'meson-logs', 'benchmarklog.json')
    with open(os.path.join(build, 'bench.txt'), 'w', encoding='utf-8') as figures:
        for record in records(log):
            text = record.get('stdout', '')
            figures.write(f'# {record["name"]}\n{text}')
            print(f'# {record["name"]}\n{text}', end='')
    return 1 if code else 0


# What the tests write at most at a time, and what the machine is to have beside that.
ROOM = 4 << 30
MEMORY = '/dev/shm'


def memory_left():
    try:
        with open('/proc/meminfo', encoding='ascii') as file:
            return next(int(line.split()[1]) << 10 for line in file
                        if line.startswith('MemAvailable:'))
    except (OSError, StopIteration):
        return 0


def make_folder():
    """Where the tests put their databases: in memory, if there is plenty, for each of a
    thousand commits waits for a disk otherwise.  None: where everybody does."""
    try:
        has_room = shutil.disk_usage(MEMORY).free >= ROOM and memory_left() >= 2 * ROOM
        # Some put programs there, too.
        if has_room and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
            return tempfile.mkdtemp(prefix='sm-', dir=MEMORY)
    except OSError:
        pass
    return None


def run(command):
    folder = make_folder()
    if folder is None:
        return subprocess.call(command)
    try:
        return subprocess.call(command, env=dict(os.environ, TMPDIR=folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    build, options = sys.argv[1], sys.argv[2:]
    benchmark = '--benchmark' in options
    base = 'benchmarklog' if benchmark else 'testlog'
    log = os.path.join(build, 'meson-logs', f'{base}.json')
    if os.path.exists(log):
        os.unlink(log)
    # Many a test waits for a deadline most of its time: one more than there are cores.
    abreast = [] if benchmark else ['--num-processes', str((os.cpu_count() or 1) + 1)]
    command = ['meson', 'test', '-C', build, '--print-errorlogs', '--logbase', base]
    # What is measured is measured on the disk.
    code = (subprocess.call if benchmark else run)(command + abreast + options)
    if not os.path.exists(log):
        print('Nothing ran.', file=sys.stderr)
        return 1
    if benchmark:
        return report_benchmarks(build, code)
    return report_tests(build, code, 'soaks.tsv' if 'soak' in options else 'results.tsv')


if __name__ == '__main__':
    sys.exit(main())
