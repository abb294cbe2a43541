#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""accept.py [--stale] BUILD: what was promised, and where it stands.

Reads tests/accept.txt and the results of the last `make test`, `make bench`,
`make screenshots` and the soaks.  With --stale it only says by its exit status whether
the test results are at least as new as the sources.
"""

import fnmatch
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def promises():
    """Yields (id, text, evidence words), or (None, heading, None)."""
    seen = set()
    with open(os.path.join(ROOT, 'tests', 'accept.txt'), encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if line.startswith('## '):
                yield None, line[3:], None
            elif line and not line.startswith('#'):
                parts = [part.strip() for part in line.split('|')]
                if len(parts) != 3 or not all(parts):
                    sys.exit(f'tests/accept.txt:{number}: not "id | text | evidence"')
                if parts[0] in seen:
                    sys.exit(f'tests/accept.txt:{number}: {parts[0]} stands there twice')
                seen.add(parts[0])
                yield parts[0], parts[1], parts[2].split()


def test_outcomes(build, name):
    """Path -> outcome; None when nothing has run."""
    path = os.path.join(build, name)
    if not os.path.exists(path):
        return None
    outcomes = {}
    with open(path, encoding='utf-8') as file:
        for line in file:
            test, outcome, _ = line.rstrip('\n').split('\t')
            # A path that ran twice is only as good as its worse run.
            if outcomes.get(test) != 'failed':
                outcomes[test] = outcome
    return outcomes


def bench_lines(build):
    path = os.path.join(build, 'bench.txt')
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        return [line.strip() for line in file]


def judge_test(pattern, outcomes, command='make test'):
    if outcomes is None:
        return 'not measured', f'{command} has not run'
    found = fnmatch.filter(outcomes, pattern)
    bad = [f'{path} {outcomes[path]}' for path in found if outcomes[path] != 'passed']
    if not found:
        return 'missing', f'no test {pattern}'
    return ('missing', ', '.join(bad)) if bad else ('ok', '')


def judge_bench(target, lines):
    found = [line for line in lines if line.startswith(f'{target} ')
             and line.split()[-1] in ('ok', 'missed')]
    # A figure that missed its target has been measured; the closing note of
    # the issue explains it.
    return ('ok', '; '.join(found)) if found else ('not measured', f'no {target} in make bench')


def judge_soak(build, name):
    path = os.path.join(build, 'soak.tsv')
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            for line in file:
                found, state, words = line.rstrip('\n').split('\t')
                if found == name:
                    return ('ok' if state == 'ok' else 'missing'), words
    return 'not measured', f'make soak-{name} has not run in full'


def judge_screenshots(pattern):
    sys.path.insert(0, os.path.join(ROOT, 'tests'))
    import screenshots
    wanted = [name for name in screenshots.names() if fnmatch.fnmatch(name, pattern)]
    if not wanted:
        return 'missing', f'no screenshot is called {pattern}'
    gone = [name for name in wanted
            if not os.path.exists(os.path.join(ROOT, '_screenshots', name))]
    if len(gone) == len(wanted):
        return 'not measured', 'make screenshots has not run'
    return ('missing', ', '.join(gone)) if gone else ('ok', f'{len(wanted)} pictures')


def judge(evidence, build, outcomes, lines):
    kind, _, rest = evidence.partition(':')
    if kind == 'bench':
        return judge_bench(rest, lines)
    if kind == 'soaks':
        return judge_test(rest, test_outcomes(build, 'soaks.tsv'), 'make soaks')
    if kind == 'soak':
        return judge_soak(build, rest)
    if kind == 'screenshots':
        return judge_screenshots(rest or '*')
    return judge_test(evidence, outcomes)


def worst(verdicts):
    for state in ('missing', 'not measured', 'ok'):
        notes = [note for verdict, note in verdicts if verdict == state and note]
        if any(verdict == state for verdict, _ in verdicts):
            return state, '; '.join(notes)


def report(build):
    outcomes, lines = test_outcomes(build, 'results.tsv'), bench_lines(build)
    count = {'ok': 0, 'missing': 0, 'not measured': 0}
    for name, text, evidence in promises():
        if name is None:
            print(f'\n{text}')
            continue
        state, note = worst([judge(word, build, outcomes, lines) for word in evidence])
        count[state] += 1
        print(f'  {state:12} {name:5} {text}' + (f'  [{note}]' if note else ''))
    print('\n' + ', '.join(f'{number} {state}' for state, number in count.items()))
    return 1 if count['missing'] else 0


def stale(build):
    results = os.path.join(build, 'results.tsv')
    if not os.path.exists(results):
        return 1
    files = subprocess.run(['git', 'ls-files', '-co', '--exclude-standard', '-z'], cwd=ROOT,
                           check=True, capture_output=True).stdout.decode().split('\0')
    paths = [os.path.join(ROOT, name) for name in files if name]
    newest = max(os.path.getmtime(path) for path in paths if os.path.exists(path))
    return 1 if newest > os.path.getmtime(results) else 0


if __name__ == '__main__':
    sys.exit(stale(sys.argv[2]) if sys.argv[1] == '--stale' else report(sys.argv[1]))
