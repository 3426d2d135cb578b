#!/usr/bin/env python3
"""Print how fast searches are on histories with known culprits: by default, with one job, with two, and git bisect run.

  speed.py --cases FILE --repositories DIR --go VERSION=PATH [--go VERSION=PATH] [--allocbisect PATH] [--only ID]
           [--runs N] [--no-git] [--growth]

FILE is a JSON list of cases, each with id, repo (owner/name), good, bad, go (a version), package, bench_regex, bench_name,
benchtime, metric, direction, threshold, full_dag_culprits and first_parent_crossings (lists of objects with a sha), and
env. DIR holds the repositories as DIR/owner+name/repo or DIR/name.

Each search has a fresh clone, no earlier results, and a Go build cache that a search of its kind has filled before, which
does not count. Prints a line a case: the median seconds of each way, how many commits were measured, what the default
takes in units of the better one of the other two, and how many times as long git bisect run takes as the default does.
A '!' marks an answer that is not one of the known ones. The machine should have nothing else to do.
"""
import argparse
import json
import math
import os
import pathlib
import shutil
import statistics
import sys
import tempfile
import types

import race

WAYS = {"default": [], "-j 1": ["-j", "1"], "-j 2": ["-j", "2"]}


def repository(folder, name):
    owner, short = name.split("/")
    for path in (folder / f"{owner}+{short}" / "repo", folder / f"{owner}+{short}", folder / short):
        if (path / "HEAD").exists() or (path / ".git").exists():
            return path
    sys.exit(f"{folder} does not hold {name}")


def arguments(case, args):
    return types.SimpleNamespace(
        repository=repository(args.repositories, case["repo"]), good=case["good"], bad=case["bad"],
        package="./" + case["package"] if case["package"] != "." else ".", bench=case["bench_regex"],
        name=case["bench_name"], metric=case["metric"], benchtime=case["benchtime"], go=args.gos[case["go"]],
        threshold=(">" if case["direction"] == "increase" else "<") + str(case["threshold"]),
        allocbisect=args.allocbisect, explain=False)


class Search(race.AllocBisect):
    def find(self, way):
        a = self.args
        argv = [a.allocbisect, f"{a.good}..{a.bad}", *self.arguments(), "-m", a.metric, "-t", a.threshold]
        seconds, run = race.timed(argv + ["--no-explain", "--format", "json", *way], self.clone, self.environment)
        try:
            document = json.loads(run.stdout)
        except ValueError:
            return seconds, "?", []
        series = document["series"][0]
        named = [culprit["commit"] for culprit in series["culprits"]] or series["suspects"]
        return seconds, document["commits"]["measured"], named


def measure(case, args, scratch):
    """For each way the seconds, the measurements and whether a known culprit was named, run by run."""
    known = {each["sha"] for each in case["full_dag_culprits"] + case["first_parent_crossings"]}
    given = arguments(case, args)
    results = {}
    for number in range(args.runs + 1):
        for name, way in WAYS.items():
            home = scratch / name
            seconds, measured, named = Search(given, home, home / "gocache").find(way)
            if number > 0:
                results.setdefault(name, []).append((seconds, measured, bool(known & set(named))))
        if args.git:
            home = scratch / "git"
            seconds, named = race.GitBisect(given, home, home / "gocache").race()
            if number > 0:
                results.setdefault("git", []).append((seconds, "", named in known))
    return results


def growth(case, args):
    """Searches for every step of a case's series, and returns the commits that can matter, the steps, the measurements."""
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="allocbisect-growth-"))
    try:
        search = Search(arguments(case, args), scratch / "search", scratch / "gocache")
        a = search.args
        argv = [a.allocbisect, f"{a.good}..{a.bad}", *search.arguments(), "-m", a.metric, "-j", "1", "--no-explain",
                "--format", "json", "-t", "+0.1%" if case["direction"] == "increase" else "-0.1%"]
        run = race.timed(argv, search.clone, search.environment)[1]
        document = json.loads(run.stdout)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    steps = sum(len(series["culprits"]) or bool(series["suspects"]) for series in document["series"])
    return document["range"]["interesting"], steps, document["commits"]["measured"] - 2


def print_growth(cases, args):
    print(f"{'case':24}{'can matter':>12}{'steps':>7}{'measured':>10}{'bound':>7}")
    rows = []
    for case in cases:
        os.environ.update({"GOPROXY": "off", "GOSUMDB": "off", "GOFLAGS": "", **case.get("env", {})})
        commits, steps, measured = growth(case, args)
        bound = steps * (math.ceil(math.log2(max(1, commits))) + 2)
        print(f"{case['id']:24}{commits:12}{steps:7}{measured:10}{bound:7}", flush=True)
        if steps:
            rows.append((steps, measured, bound))
    means = [statistics.mean(column) for column in zip(*rows)]
    print(f"{'mean':24}{'':12}{means[0]:7.2f}{means[1]:10.2f}{means[2]:7.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=pathlib.Path, required=True)
    parser.add_argument("--repositories", type=pathlib.Path, required=True)
    parser.add_argument("--go", action="append", required=True)
    parser.add_argument("--allocbisect", default=".build/release/allocbisect")
    parser.add_argument("--only")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-git", dest="git", action="store_false")
    parser.add_argument("--growth", action="store_true")
    args = parser.parse_args()
    args.gos = dict(each.split("=", 1) for each in args.go)
    args.allocbisect = str(pathlib.Path(args.allocbisect).resolve())
    cases = [case for case in json.loads(args.cases.read_text()) if not args.only or case["id"] == args.only]
    if args.growth:
        return print_growth(cases, args)
    print(f"{'case':24}" + "".join(f"{name:>16}" for name in WAYS) + f"{'to better':>11}{'git':>10}{'ratio':>8}")
    overheads, ratios, measured = [], [], []
    for case in cases:
        os.environ.update({"GOPROXY": "off", "GOSUMDB": "off", "GOFLAGS": "", **case.get("env", {})})
        scratch = pathlib.Path(tempfile.mkdtemp(prefix="allocbisect-speed-"))
        try:
            results = measure(case, args, scratch)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        medians = {name: statistics.median(run[0] for run in runs) for name, runs in results.items()}
        overheads.append(medians["default"] / min(medians["-j 1"], medians["-j 2"]))
        line = f"{case['id']:24}"
        for name in WAYS:
            last = results[name][-1]
            wrong = "" if all(run[2] for run in results[name]) else "!"
            line += f"{medians[name]:8.2f} s {last[1]:>4}{wrong:1} "
        line += f"{overheads[-1]:10.2f} "
        if args.git:
            ratios.append(medians["git"] / medians["default"])
            line += f"{medians['git']:7.1f} s{'' if all(run[2] for run in results['git']) else '!':1}{ratios[-1]:8.2f}"
        print(line, flush=True)
        measured += [run[1] for run in results["default"]]
    print(f"default to the better of -j 1 and -j 2: at most {max(overheads):.2f}")
    print(f"measurements by default: {statistics.mean(measured):.2f} in the mean")
    if ratios:
        print(f"git bisect run to the default: {statistics.median(ratios):.2f} in the median, {min(ratios):.2f} at least")
    return 0


if __name__ == "__main__":
    sys.exit(main())
