#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""service-unit.py BUILD: the service as a system unit.

Nothing here asks the systemd of the machine, which a container has not: the unit
is judged as a file, and its list of system calls is put on the real service
through the kernel, by the library that systemd does it with.
"""

import ctypes
import ctypes.util
import errno
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request

import tap

BUILD = os.path.abspath(sys.argv[1])
UNIT = f'{BUILD}/data/stationmaster-service.service'
MOST_EXPOSED = 20  # of 100: 2.0
PATIENCE = 60
SCMP_ACT_ALLOW = 0x7fff0000
SCMP_ACT_ERRNO = 0x00050000


def analyze(*args):
    program = shutil.which('systemd-analyze')
    if program is None:
        raise tap.Skip('there is no systemd-analyze')
    answer = subprocess.run([program, *args], capture_output=True, text=True,
                            env={**os.environ, 'SYSTEMD_PAGER': ''})
    return answer.returncode, answer.stdout + answer.stderr


def check_hardened():
    with tempfile.TemporaryDirectory() as folder:
        unit = shutil.copy(UNIT, folder)
        code, text = analyze('security', '--offline=true', f'--threshold={MOST_EXPOSED}',
                             '--no-pager', unit)
    tap.claim(code == 0, text)
    print('# ' + text.strip().splitlines()[-1].strip('→ '))


def calls_of(group, seen):
    """The system calls of @group, those of the groups in it too."""
    code, text = analyze('syscall-filter', group)
    tap.claim(code == 0, text)
    for word in re.findall(r'^ {4}(@?\w[\w-]*|@[\w-]+)$', text, re.MULTILINE):
        if not word.startswith('@'):
            yield word
        elif word not in seen:
            seen.add(word)
            yield from calls_of(word, seen)


def filter_of_unit():
    with open(UNIT, encoding='utf-8') as file:
        lines = re.findall(r'^SystemCallFilter=(.*)$', file.read(), re.MULTILINE)
    calls = set()
    for line in lines:
        named = {call for group in line.lstrip('~').split() for call in calls_of(group, set())}
        calls = calls - named if line.startswith('~') else calls | named
    tap.claim(len(calls) > 100, f'the filter could not be read: {sorted(calls)}')
    # What systemd itself leaves to every unit, for it has to start it.
    return calls | {'execve', 'exit', 'exit_group', 'rt_sigreturn', 'getrlimit'}


def put_on(calls):
    """In the child, before it becomes the service."""
    library = ctypes.CDLL(ctypes.util.find_library('seccomp') or 'libseccomp.so.2', use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    library.seccomp_rule_add_exact.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int,
                                               ctypes.c_uint]
    context = library.seccomp_init(SCMP_ACT_ERRNO | errno.EPERM)
    for call in calls:
        number = library.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:
            library.seccomp_rule_add_exact(context, SCMP_ACT_ALLOW, number, 0)
    if library.seccomp_load(context) != 0:
        os._exit(77)


class Service:
    def __init__(self, folder, calls):
        self.log = open(os.path.join(folder, 'log'), 'w+')
        self.process = subprocess.Popen(
            [f'{BUILD}/src/stationmaster-service', '--listen', '127.0.0.1:0', '--simulate', 'demo',
             '--history-days', '0.1',
             '--database', os.path.join(folder, 'service.db')],
            stdout=subprocess.PIPE, stderr=self.log, text=True,
            preexec_fn=lambda: put_on(calls))

    def url(self):
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if ready else ''
        if not line and self.process.poll() == 77:
            raise tap.Skip('this kernel takes no filter of system calls here')
        tap.claim(line.startswith('listening on '), f'it said "{line}": {self.said()}')
        return line.split()[-1]

    def said(self):
        self.log.seek(0)
        return self.log.read()[-2000:]

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.log.close()
        return code


def ask(url, body=None, token=None):
    headers = {'Authorization': f'Bearer {token}'} if token else {}
    if body is not None:
        headers['Content-Type'] = 'application/json'
        body = json.dumps(body).encode()
    request = urllib.request.Request(url, data=body, headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=PATIENCE) as answer:
        return answer.read().decode()


def check_filter():
    try:
        ctypes.CDLL(ctypes.util.find_library('seccomp') or 'libseccomp.so.2')
    except OSError:
        raise tap.Skip('there is no libseccomp')
    calls = filter_of_unit()
    with tempfile.TemporaryDirectory() as folder:
        service = Service(folder, calls)
        try:
            url = service.url()
            with open(f'/proc/{service.process.pid}/status', encoding='utf-8') as file:
                tap.claim(re.search(r'^Seccomp:\s*2$', file.read(), re.MULTILINE), 'no filter')
            # People, changes and a demo that is being written: every thread has worked.
            token = json.loads(ask(f'{url}/api/v1/session', {'demo': True}))['token']
            ask(f'{url}/api/v1/changes', token=token)
            ask(f'{url}/api/v1/live/vehicles', token=token)
            tap.claim(json.loads(ask(f'{url}/healthz'))['status'] == 'ok', 'not alive')
            tap.claim('stationmaster_seq' in ask(f'{url}/metrics'), 'no figures')
        finally:
            code = service.end()
    tap.claim(code == 0, f'it ended with {code}')


tap.run([
    ('/checks/service-unit/hardened', check_hardened),
    ('/checks/service-unit/serves-under-its-filter', check_filter),
])
