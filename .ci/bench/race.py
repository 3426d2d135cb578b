#!/usr/bin/env python3
"""Race allocbisect against 'git bisect run' with the usual script, on the same range of a real repository.

  race.py --repository DIR --good REV --bad REV --package ./pkg --bench REGEXP --name BENCHMARK \\
          --metric allocs/op --threshold '>3' [--benchtime 200x] [--go PATH] [--allocbisect PATH] [--runs N] [--cold] [--explain]

Each works in a new clone for each race, without earlier results, and has a Go build cache of its own. A first race that
does not count warms the caches: Go has compiled all that is needed then, but must link. With --cold each cache is empty
instead. Explanations are left out unless --explain is given, since git bisect gives none. Prints what each one named,
the seconds each took, and the ratio pair by pair with its median.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

STEP = r"""#!/usr/bin/env python3
# Good (0), bad (1) or skip (125) by what 'go test -bench -benchmem' prints for one benchmark.
import re, subprocess, sys
go, package, bench, name, unit, sign, bound = sys.argv[1:]
run = subprocess.run([go, "test", "-run", "^$", "-bench", bench, "-benchmem", package], capture_output=True, text=True)
line = re.search("^" + re.escape(name) + r"(-\d+)?\s+\d+\s(.*)$", run.stdout, re.M)
if not line:
    sys.exit(125)
words = line.group(2).split()
value = float(words[words.index(unit) - 1])
sys.exit(1 if (value > float(bound) if sign == ">" else value < float(bound)) else 0)
"""


def git(directory, *words):
    return subprocess.run(["git", "-C", directory, *words], capture_output=True, text=True, check=True).stdout


def timed(argv, directory, environment):
    start = time.monotonic()
    run = subprocess.run(argv, cwd=directory, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return time.monotonic() - start, run


class Contestant:
    """A clone and a Go build cache."""

    def __init__(self, args, scratch, cache):
        self.args, self.clone = args, scratch / "clone"
        scratch.mkdir(exist_ok=True)
        # The clone of the race before moves away: Go compiles a package anew that lies in another folder. It is not
        # removed, since while many files are being removed, others are slow to be made.
        if self.clone.exists():
            self.clone.rename(scratch / f"clone-{len(list(scratch.iterdir()))}")
        subprocess.run(["git", "clone", "-q", "--shared", args.repository, self.clone], check=True)
        git(self.clone, "checkout", "-qf", "--detach", args.bad)
        self.environment = {**os.environ, "GOCACHE": str(cache)}


class AllocBisect(Contestant):
    def arguments(self):
        a = self.args
        more = ["--benchtime", a.benchtime] if a.benchtime else []
        return ["-p", a.package, "-b", a.bench, "--only", a.name, "--go", a.go, *more]

    def race(self):
        a = self.args
        argv = [a.allocbisect, f"{a.good}..{a.bad}", *self.arguments(), "-m", a.metric, "-t", a.threshold]
        if not a.explain:
            argv.append("--no-explain")
        seconds, run = timed(argv, self.clone, self.environment)
        words = [line.split()[1] for line in run.stdout.splitlines() if line.startswith("culprit ")]
        return seconds, words[0] if words else run.stdout + run.stderr


class GitBisect(Contestant):
    def step(self):
        a = self.args
        script = self.clone.parent / "step"
        script.write_text(STEP)
        script.chmod(0o755)
        return [str(script), a.go, a.package, a.bench, a.name, a.metric, a.threshold[0], a.threshold[1:]]

    def race(self):
        git(self.clone, "bisect", "start", self.args.bad, self.args.good)
        seconds, run = timed(["git", "bisect", "run", *self.step()], self.clone, self.environment)
        words = [line.split()[0] for line in run.stdout.splitlines() if line.endswith("is the first bad commit")]
        return seconds, words[0] if words else "no answer: " + run.stdout[-200:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("repository", "good", "bad", "package", "bench", "name", "metric", "threshold"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--benchtime")
    parser.add_argument("--go", default="go")
    parser.add_argument("--allocbisect", default=".build/release/allocbisect")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--explain", action="store_true")
    args = parser.parse_args()
    args.allocbisect = str(pathlib.Path(args.allocbisect).resolve())
    ratios = []
    with tempfile.TemporaryDirectory(prefix="allocbisect-race-") as scratch:
        scratch = pathlib.Path(scratch)
        for number in range(1 if args.cold else 0, args.runs + 1):
            seconds = {}
            for kind in (GitBisect, AllocBisect):
                home = scratch / kind.__name__
                cache = home / (f"gocache-{number}" if args.cold else "gocache")
                seconds[kind], named = kind(args, home, cache).race()
                if number > 0:
                    print(f"{kind.__name__:12} {seconds[kind]:7.2f} s  {named}", flush=True)
            if number > 0:
                ratios.append(seconds[GitBisect] / seconds[AllocBisect])
                print(f"{'ratio':12} {ratios[-1]:7.2f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.2f} of {args.runs}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
