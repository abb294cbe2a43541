#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""fuzz.py BUILD SECONDS [--keep] [NAME...]: looks for what breaks a parser.

Runs each fuzzer (or those named) for so long on one core and says what came of
it; what broke one stays in BUILD/found-NAME and makes the end a failure.  What
they learn stays in BUILD/corpus/NAME.  With --keep the few smallest that cover
most go to tests/fuzz/corpus/NAME, which `make test` replays.
"""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CORPUS = os.path.join(ROOT, 'tests', 'fuzz', 'corpus')
MOST = 24           # files that are kept of one parser
LONGEST = 2048      # bytes of one
STEP = re.compile(r'#\d+\t|INFO: ')
FIGURES = re.compile(r'^#(\d+)\s+DONE\s+cov: (\d+).*?corp: (\d+)', re.MULTILINE)


def environment(build):
    # No memory of GLib's own between a block and its end.
    return dict(os.environ, G_SLICE='always-malloc', GSETTINGS_BACKEND='memory',
                GSETTINGS_SCHEMA_DIR=os.path.join(build, 'data'), TZ='UTC', LC_ALL='C.UTF-8',
                ASAN_OPTIONS='detect_leaks=1:strict_string_checks=1:handle_abort=1',
                LSAN_OPTIONS=f'suppressions={ROOT}/tests/leaks.txt:print_suppressions=0',
                UBSAN_OPTIONS='print_stacktrace=1:halt_on_error=1')


def run_fuzzer(build, name, options):
    return subprocess.run(
        ['nice', '-n', '10', os.path.join(build, 'tests', 'fuzz', f'fuzz-{name}')] + options,
        env=environment(build), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding='utf-8', errors='replace')


def fuzz(build, name, seconds):
    """Whether it found nothing."""
    learnt = os.path.join(build, 'corpus', name)
    os.makedirs(learnt, exist_ok=True)
    ran = run_fuzzer(build, name, [
        f'-max_total_time={seconds}', '-timeout=10', '-rss_limit_mb=1024', f'-max_len={LONGEST}',
        '-print_final_stats=0', f'-artifact_prefix={os.path.join(build, "found-" + name)}-',
        learnt, os.path.join(CORPUS, name)])
    if ran.returncode != 0:
        print('\n'.join(line for line in ran.stdout.splitlines() if not STEP.match(line)))
        print(f'broken  {name}: see {build}/found-{name}-*')
        return False
    runs, covered, kept = FIGURES.search(ran.stdout).groups()
    print(f'ok      {name}: {runs} runs, {covered} edges, {kept} inputs', flush=True)
    return True


def covered_by(build, name, paths):
    """The edges that these inputs reach together."""
    ran = run_fuzzer(build, name, ['-runs=0', f'-max_len={LONGEST}'] + paths)
    return int(re.search(r'INITED\s+cov: (\d+)', ran.stdout)[1])


def keep(build, name):
    """Adds to the corpus what the seeds do not reach, the smallest set first."""
    learnt, kept = os.path.join(build, 'corpus', name), os.path.join(CORPUS, name)
    chosen = os.path.join(build, 'chosen', name)
    subprocess.run(['rm', '-rf', chosen], check=True)
    os.makedirs(chosen)
    run_fuzzer(build, name, ['-set_cover_merge=1', f'-max_len={LONGEST}', chosen, kept, learnt])
    files = sorted((os.path.join(chosen, file) for file in os.listdir(chosen)),
                   key=os.path.getsize, reverse=True)
    room = MOST - len(os.listdir(kept))
    for path in files[:max(0, room)]:
        os.rename(path, os.path.join(kept, os.path.basename(path)[:12]))
    print(f'kept    {name}: {len(os.listdir(kept))} files reach {covered_by(build, name, [kept])} '
          f'of {covered_by(build, name, [kept, learnt])} edges', flush=True)


def main():
    build, seconds = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    names = [word for word in sys.argv[3:] if word != '--keep'] or sorted(os.listdir(CORPUS))
    good = [fuzz(build, name, seconds) for name in names if seconds > 0]
    if '--keep' in sys.argv and all(good):
        for name in names:
            keep(build, name)
    return 0 if all(good) else 1


if __name__ == '__main__':
    sys.exit(main())
