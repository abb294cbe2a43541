#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""judge.py RECORDS PROGRAM: judges what the service was seen to say.

The tests let every service that they start record its exchanges in RECORDS;
this runs after them.  Records older than PROGRAM are of another build: removed.
"""

import collections
import json
import multiprocessing
import os
import sys

import contract
import tap

# Fewer than this is no suite.
LEAST_EXCHANGES = 100
# So many of one operation and status are judged, spread evenly.
MOST_OF_A_KIND = 120
# Characters of a record in which its method, path and status mostly stand.
HEAD = 8192
# Whom a process judges by: it was handed over when it was forked.
JUDGE = None
# Documented operations that no test tries, each with its reason.
NOT_TRIED = {
}


def load(folder, program):
    """The records of this build, by operation and status."""
    built = os.path.getmtime(program)
    names = []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.getmtime(path) < built:
            os.unlink(path)
        elif name.endswith('.json'):
            names.append(path)
    return names


def read(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def read_head(path):
    """What stands before the headers: a gigabyte of bodies need not be parsed for it."""
    with open(path, encoding='utf-8', errors='replace') as file:
        head, found, _ = file.read(HEAD).partition(',"request_headers":')
    return json.loads(head + '}') if found else read(path)


def kind_of(judge, exchange):
    template, _ = judge.find(exchange['method'], exchange['path'] or '')
    return exchange['method'], template, exchange['status']


def spread(paths):
    if len(paths) <= MOST_OF_A_KIND:
        return paths
    return [paths[i * len(paths) // MOST_OF_A_KIND] for i in range(MOST_OF_A_KIND)]


def take_judge(judge):
    global JUDGE
    JUDGE = judge


def faults_of(path):
    exchange = read(path)
    found = JUDGE.judge(exchange)[1]
    name = (f'{exchange["method"]} {exchange["path"]} {exchange["status"]} '
            f'({os.path.basename(path)})')
    return [f'{name}: {fault}' for fault in found[:5]]


class Session:
    def __init__(self, folder, program):
        self.judge = contract.Contract(tap.read('data/openapi.json'))
        self.kinds = collections.defaultdict(list)
        for path in load(folder, program):
            exchange = read_head(path)
            # 0: the asker was gone before there was an answer.
            if exchange['status']:
                self.kinds[kind_of(self.judge, exchange)].append(path)

    def check_enough(self):
        count = sum(len(paths) for paths in self.kinds.values())
        tap.claim(count >= LEAST_EXCHANGES,
                  f'only {count} exchanges were recorded; run this after the other tests')

    def check_exchanges(self):
        paths = [path for _, kind in sorted(self.kinds.items(), key=str) for path in spread(kind)]
        # It runs alone, when all others are over: on every core there is.
        with multiprocessing.get_context('fork').Pool(None, take_judge, [self.judge]) as pool:
            faults = sum(pool.map(faults_of, paths, 8), [])
        tap.claim(not faults, f'{len(faults)} faults\n' + '\n'.join(faults[:60]))

    def check_every_operation(self):
        tried = {f'{"GET" if method == "HEAD" else method} {template}'
                 for method, template, status in self.kinds if status < 400}
        missing = self.judge.operations() - tried - set(NOT_TRIED)
        tap.no_faults([f'{name} was never answered well' for name in sorted(missing)]
                      + [f'{name} is tried, though listed as not' for name in NOT_TRIED
                         if name in tried])


def main():
    session = Session(sys.argv[1], sys.argv[2])
    tap.run([
        ('/contract/judge/enough-exchanges', session.check_enough),
        ('/contract/judge/exchanges-agree', session.check_exchanges),
        ('/contract/judge/every-operation-tried', session.check_every_operation),
    ])


if __name__ == '__main__':
    main()
