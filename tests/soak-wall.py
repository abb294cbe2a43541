#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""soak-wall.py BUILD: the wall on `national` for half an hour.

Prints each minute what the application has taken: memory (PSS, and its own, which
is what may not grow), descriptors,
the longest of our callbacks on its main loop (on the clock, and of that at
work: a machine that others use stretches the first), how many were above 8 ms,
the longest frame, which is GTK's.  Fails when it grows by 5 % or more after
warm-up, takes more than 190 MB on `national`, a callback works for more than
8 ms after warm-up (undisturbed), or it ends.

Somebody acknowledges what comes.

SM_SOAK_MINUTES shortens it, SM_SOAK_NETWORK=demo makes it lighter,
SM_SOAK_SPEED=20 lets the network's clock run as much faster, SM_SOAK_MONITORS=2
gives the wall two monitors; with SM_SOAK_TROUBLE its service is killed, its wire
cut and its disk full, again and again, and every alarm has to be in the wall's
own log at the end.  With SM_SOAK_BENCH it prints the line of P3 for `make
bench`.  What came of a run in full that SM_SOAK_NAME names goes to
BUILD/soak.tsv, where `make accept` looks for soak:NAME.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import soak_desk
import soak_trouble

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FULL_MINUTES = {'wall': 30, 'day': 24 * 60, 'trouble': 120}  # on the network's clock
WARM_UP = 0.2          # of the time: caches fill, history arrives
GROWTH = 0.05
P3_MB = 190
LONGEST_MS = 8
LINE = re.compile(r'callbacks=(\d+) long=(\d+) longest_us=(-?\d+) long_cpu=(\d+) '
                  r'longest_cpu_us=(-?\d+) frame_us=(\d+) longest=')
OVER = re.compile(r'over times=(\d+) us=(\d+) cpu_us=(\d+) name=(.+)')


def application_of(wrapper, program):
    """The process id of the application somewhere below the display's wrapper."""
    children = {}
    for name in os.listdir('/proc'):
        if not name.isdigit():
            continue
        try:
            with open(f'/proc/{name}/stat', encoding='utf-8') as file:
                parent = int(file.read().rsplit(')', 1)[1].split()[1])
            path = os.readlink(f'/proc/{name}/exe')
        except OSError:
            continue
        children.setdefault(parent, []).append((int(name), path))
    waiting = [wrapper]
    while waiting:
        for child, path in children.get(waiting.pop(), []):
            if path == program:
                return child
            waiting.append(child)
    return None


def memory_mb(pid):
    """PSS, and what the process alone has written.

    Of libraries that are shared PSS grows when others go, and pages of them that nobody else has
    any more count as private: 20 MB that come and go with the next program."""
    kib = {}
    with open(f'/proc/{pid}/smaps_rollup', encoding='utf-8') as file:
        for line in file.readlines()[1:]:
            name, value = line.split()[:2]
            kib[name] = int(value)
    return kib['Pss:'] / 1024, kib['Private_Dirty:'] / 1024


class Loop:
    """What the watch of the main loop wrote since the last look."""

    def __init__(self, path):
        self.path, self.offset = path, 0

    def look(self):
        figures = {'callbacks': 0, 'long': 0, 'ms': 0, 'long_cpu': 0, 'cpu_ms': 0, 'frame_ms': 0}
        over = {}
        with open(self.path, encoding='utf-8') as file:
            file.seek(self.offset)
            text = file.read()
            self.offset = file.tell()
        for match in LINE.finditer(text):
            figures['callbacks'] += int(match[1])
            figures['long'] += int(match[2])
            figures['ms'] = max(figures['ms'], int(match[3]) / 1000)
            figures['long_cpu'] += int(match[4])
            figures['cpu_ms'] = max(figures['cpu_ms'], int(match[5]) / 1000)
            figures['frame_ms'] = max(figures['frame_ms'], int(match[6]) / 1000)
        for match in OVER.finditer(text):
            times, ms, cpu_ms = over.get(match[4], (0, 0, 0))
            over[match[4]] = (times + int(match[1]), max(ms, int(match[2]) / 1000),
                              max(cpu_ms, int(match[3]) / 1000))
        return figures, over


def start_wall(build, home, url):
    watch = os.path.join(home, 'turns')
    environment = dict(os.environ, SM_TEST_SCREEN='1920x1080', LC_ALL='C.UTF-8', LANGUAGE='en',
                       GSETTINGS_BACKEND='memory', SM_TEST_HOME=os.path.join(home, 'person'),
                       SM_LOOP_WATCH=watch, GSETTINGS_SCHEMA_DIR=os.path.join(build, 'data'))
    program = os.path.realpath(os.path.join(build, 'src', 'stationmaster'))
    display = ('with-two-monitors.sh' if os.environ.get('SM_SOAK_MONITORS') == '2'
               else 'with-display.sh')
    wall = subprocess.Popen(
        [os.path.join(ROOT, 'tests', display), program, '--server', url, '--wall'],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=open(os.path.join(home, 'said'), 'w', encoding='utf-8'), start_new_session=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and wall.poll() is None:
        pid = application_of(wall.pid, program)
        if pid is not None and os.path.exists(watch):
            return wall, pid, watch
        time.sleep(0.2)
    raise SystemExit('The wall did not come.')


def watch_wall(wall, pid, watch, minutes):
    """One (PSS, descriptors, longest callback's CPU, own memory) each minute, or four when short."""
    samples, loop = [], Loop(watch)
    count = max(4, int(minutes))
    began = time.monotonic()
    for index in range(1, count + 1):
        while time.monotonic() < began + index * minutes * 60 / count:
            if wall.poll() is not None:
                raise SystemExit('The wall ended by itself.')
            time.sleep(0.5)
        figures, over = loop.look()
        pss, own = memory_mb(pid)
        samples.append((pss, len(os.listdir(f'/proc/{pid}/fd')), figures['cpu_ms'], own))
        print(f'{(time.monotonic() - began) / 60:5.1f} min  {pss:6.1f} MB PSS  {own:6.1f} MB own  '
              f'{samples[-1][1]:3} descriptors  longest callback {figures["cpu_ms"]:.1f} ms at work, '
              f'{figures["ms"]:.1f} ms on the clock; above {LONGEST_MS} ms {figures["long_cpu"]} and '
              f'{figures["long"]} of {figures["callbacks"]}; longest frame '
              f'{figures["frame_ms"]:.0f} ms; load {os.getloadavg()[0]:.1f}', flush=True)
        for name, (times, ms, cpu_ms) in sorted(over.items(), key=lambda o: -o[1][2])[:4]:
            print(f'           {times} x {name}: {cpu_ms:.1f} ms at work, {ms:.1f} ms', flush=True)
    return samples


def count_criticals(home):
    with open(os.path.join(home, 'said'), encoding='utf-8', errors='replace') as file:
        return sum('-CRITICAL **' in line for line in file)


def judge(samples, is_full, criticals, loss):
    """Says what was promised and what came of it."""
    # What was being killed or loaded just then comes and goes: it is 25 MB of surfaces and
    # answers, in one half of the moments of one hour and not of the next.  What lies beneath
    # in three quarters of a fifth of the time is what would grow for weeks.  Of descriptors a
    # cut wire takes a quarter away, and how often it is cut says nothing: they are counted
    # where there are most.
    def lies_beneath(values):
        return sorted(values)[len(values) // 4]

    warm_index = max(0, int(len(samples) * WARM_UP) - 1)
    fifth = max(1, len(samples) // 5)
    warm = samples[warm_index:warm_index + fifth]
    growth = [figure([s[i] for s in samples[-fifth:]]) / figure([s[i] for s in warm]) - 1
              for i, figure in ((3, lies_beneath), (1, max))]
    longest = max(s[2] for s in samples[warm_index + 1:])
    verdicts = [
        (f'own memory {growth[0]:+.1%} after warm-up, may grow by {GROWTH:.0%}', growth[0] < GROWTH),
        (f'descriptors {growth[1]:+.1%}, may grow by {GROWTH:.0%}', growth[1] < GROWTH),
        (f'{criticals} criticals, may be none', criticals == 0)]
    # It is about the wall as it is, not one that is killed and cut.
    if loss is None:
        verdicts.append((f'longest callback after warm-up {longest:.1f} ms at work, may be '
                         f'{LONGEST_MS}', longest <= LONGEST_MS))
    else:
        print(f'       longest callback after warm-up {longest:.1f} ms at work')
    if is_full:
        verdicts.append((f'{samples[-1][0]:.0f} MB PSS at the end, may be {P3_MB}',
                         samples[-1][0] <= P3_MB))
    if loss is not None:
        n_alarms, lost, times = loss
        verdicts.append((f'{n_alarms} alarms in {times} faults, {len(lost)} not in the log of the '
                         f'wall {sorted(lost)[:5] or ""}', n_alarms > 0 and not lost))
    for words, is_good in verdicts:
        print(f'{"ok    " if is_good else "missed"} {words}')
    return all(is_good for _, is_good in verdicts), '; '.join(words for words, _ in verdicts)


def write_note(build, new):
    """Puts @new, lines, in the place of what came of the last run that SM_SOAK_NAME names."""
    name = os.environ.get('SM_SOAK_NAME')
    path = os.path.join(build, 'soak.tsv')
    lines = []
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            lines = [other for other in file if not other.startswith(f'{name}\t')]
    with open(path, 'w', encoding='utf-8') as file:
        file.writelines(lines + new)


def note(build, network, minutes, is_good, words):
    """For `make accept`: what came of it, when it was as long as was promised."""
    name = os.environ.get('SM_SOAK_NAME')
    speed = float(os.environ.get('SM_SOAK_SPEED', '1'))
    if name is None or network != 'national' or minutes * speed < FULL_MINUTES[name]:
        return
    write_note(build, [f'{name}\t{"ok" if is_good else "missed"}\t{words}\n'])


def soak(build, home, network, minutes):
    """Samples, criticals, and of trouble (alarms, those that were lost, faults)."""
    has_trouble = 'SM_SOAK_TROUBLE' in os.environ
    disk = soak_trouble.Disk(home) if has_trouble else None
    service = soak_trouble.Service(build, home, network, os.environ.get('SM_SOAK_SPEED', '1'))
    host, port = service.listen.split(':')
    wire = soak_trouble.Wire((host, int(port))) if has_trouble else None
    wall = desk = trouble = loss = None
    try:
        wall, pid, watch = start_wall(build, home, wire.url if wire else service.url)
        first = soak_trouble.newest_alarm(service.database)
        if has_trouble:
            trouble = soak_trouble.Trouble(service, wire, disk, minutes)
        else:
            # Alarms that nobody ever looks at grow in number, and the wall with them.
            desk = soak_desk.Desk(service.url)
        samples = watch_wall(wall, pid, watch, minutes)
        if desk is not None:
            print(f'           {desk.leave()} alarms were acknowledged')
        if has_trouble:
            trouble.stop()
            loss = (*soak_trouble.missed(service, home, first), trouble.times)
            print('           of %.0f s measured nobody answered in %.0f s and no report was taken '
                  'in %.0f s, for which 30 days leave 259 s'
                  % tuple(soak_trouble.unavailable(home)))
        return samples, count_criticals(home), loss
    finally:
        if wall is not None:
            os.killpg(wall.pid, signal.SIGTERM)
            wall.wait()
        service.kill()
        if disk is not None:
            subprocess.run(['umount', '-l', home], check=False)


def main():
    build = os.path.abspath(sys.argv[1])
    bench = 'SM_SOAK_BENCH' in os.environ
    minutes = float(os.environ.get('SM_SOAK_MINUTES', '10' if bench else '30'))
    network = os.environ.get('SM_SOAK_NETWORK', 'national')
    if 'SM_SOAK_TROUBLE' in os.environ:
        soak_trouble.go_inside()
    # One that breaks off must not leave what came of the one before.
    write_note(build, [])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        samples, criticals, loss = soak(build, home, network, minutes)
    is_whole = network == 'national' and loss is None and 'SM_SOAK_SPEED' not in os.environ
    good, words = judge(samples, is_whole, criticals, loss)
    note(build, network, minutes, good, words)
    if bench:
        pss = samples[-1][0]
        name = 'P3 PSS in MB' if network == 'national' and minutes >= 10 else 'PSS in MB'
        print(f'{name} of the wall on {network} after {minutes:g} min: {pss:.0f} '
              f'({min(s[0] for s in samples):.0f}-{max(s[0] for s in samples):.0f}), '
              f'target {P3_MB} {"ok" if pss <= P3_MB else "missed"}')
        return 0
    return 0 if good else 1


if __name__ == '__main__':
    sys.exit(main())
