#!/usr/bin/env python3
"""Compare what explaining a commit costs with what measuring it and its parent once does, beyond the builds.

  explaining.py --repository DIR --commit REV --package ./pkg --bench REGEXP [--only BENCHMARK] [--metric allocs/op] \\
                [--benchtime 200x] [--go PATH] [--allocbisect PATH] [--runs N]

Runs 'allocbisect explain' in a clone, without earlier results, and adds up how long the test binaries run (with strace):
those that measure, and those with profiles, heap dumps, or a part of the change. Prints their seconds, and the ratio to
one round of measuring both commits, with the median of all runs.
"""
import argparse
import pathlib
import re
import statistics
import subprocess
import tempfile

EXPLAINING = {"profiled.test", "trial.test", "dumped.test"}


def seconds(log):
    """Seconds by kind, and how many binaries measured."""
    started, sums, measured = {}, {"measuring": 0.0, "explaining": 0.0}, 0
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"(\d+)\s+([\d.]+) (.*)", line)
        if not match:
            continue
        process, time, call = match[1], float(match[2]), match[3]
        binary = re.match(r'execve\("([^"]*\.test)"', call)
        if binary and "-test.bench" in call and "ENOENT" not in call:
            started[process] = (pathlib.Path(binary[1]).name, time)
        elif call.startswith("+++") and process in started:
            name, start = started.pop(process)
            sums["explaining" if name in EXPLAINING else "measuring"] += time - start
            measured += name not in EXPLAINING
    return sums, measured


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ["repository", "commit", "package", "bench"]:
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--only")
    parser.add_argument("--metric", default="allocs/op")
    parser.add_argument("--benchtime", default="200x")
    parser.add_argument("--go", default="go")
    parser.add_argument("--allocbisect", default="allocbisect")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    if "/" in options.allocbisect:
        options.allocbisect = str(pathlib.Path(options.allocbisect).resolve())
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        clone, log = pathlib.Path(folder, "clone"), pathlib.Path(folder, "log")
        subprocess.run(["git", "clone", "-q", "--shared", "--no-checkout", options.repository, clone], check=True)
        subprocess.run(["git", "-C", clone, "checkout", "-q", "--detach", options.commit], check=True)
        command = [options.allocbisect, "explain", options.commit, "-p", options.package, "-b", options.bench,
                   "-m", options.metric, "--benchtime", options.benchtime, "--go", options.go]
        command += ["--only", options.only] if options.only else []
        # The first run fills Go's build cache, and counts for nothing.
        for number in range(options.runs + 1):
            for path in clone.glob(".git/allocbisect/measurements.sqlite*"):
                path.unlink()
            tracer = ["strace", "-f", "--seccomp-bpf", "-ttt", "-s", "4096", "-e", "trace=execve,exit_group",
                      "-e", "signal=none", "-o", log]
            subprocess.run(tracer + command, cwd=clone, check=True, capture_output=True, stdin=subprocess.DEVNULL)
            sums, measured = seconds(log)
            # A round runs a binary at two iteration counts, at both commits.
            round_ = sums["measuring"] * 4 / measured
            if number:
                ratios.append(sums["explaining"] / round_)
                print(f"one round {round_:.3f} s  explaining {sums['explaining']:.3f} s  ratio {ratios[-1]:.2f}")
    print(f"median {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
