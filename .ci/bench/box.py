#!/usr/bin/env python3
"""Time what the box of old code costs a run, beside a run without one.

  box.py [--allocbisect PATH] [--go PATH] [--benchmarks 40] [--runs 15]

Measures a commit whose benchmarks do next to nothing, in the box and without it, one after the other, with the test
binary built before. Prints for each pair the milliseconds that one run of a test binary takes longer in the box, the
median, and the ratio of the whole commands. Wants an idle machine.
"""
import argparse
import pathlib
import re
import statistics
import subprocess
import tempfile
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--allocbisect", default="allocbisect")
    parser.add_argument("--go", default="go")
    parser.add_argument("--benchmarks", type=int, default=40)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    program = str(pathlib.Path(options.allocbisect).resolve()) if "/" in options.allocbisect else options.allocbisect

    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary, "m")
        folder.mkdir()
        body = "".join(f"\nfunc BenchmarkNumber{n:03}(b *testing.B) {{\n\tfor i := 0; i < b.N; i++ {{\n\t}}\n}}\n"
                       for n in range(options.benchmarks))
        (folder / "go.mod").write_text("module example.com/m\n\ngo 1.19\n")
        (folder / "m_test.go").write_text(f'package m\n\nimport "testing"\n{body}')
        for words in (["init", "-q", "-b", "main"], ["add", "."],
                      ["-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "-qm", "all"]):
            subprocess.run(["git", "-C", folder, *words], check=True)

        def record(*words):
            """Seconds that measuring anew takes, and how many runs of a test binary there were."""
            subprocess.run(["rm", "-f", f"{temporary}/cache"], check=True)
            command = [program, "record", "HEAD", "--go", options.go, "--cache", f"{temporary}/cache", "-j", "1", *words]
            start = time.monotonic()
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return time.monotonic() - start

        for sandbox in ("bwrap", "off"):
            record("--sandbox", sandbox)
        # Each benchmark runs once for N1 and N2 together, or once for each: strace tells.
        trace = pathlib.Path(temporary, "trace")
        subprocess.run(["rm", "-f", f"{temporary}/cache"], check=True)
        subprocess.run(["strace", "-f", "-qq", "-e", "trace=execve", "-o", trace, program, "record", "HEAD", "--go",
                        options.go, "--cache", f"{temporary}/cache", "-j", "1", "--sandbox", "off"],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        count = len(re.findall(r'execve\("[^"]*\.test", .* = 0', trace.read_text(errors="replace")))
        costs, ratios = [], []
        for _ in range(options.runs):
            inside, outside = record("--sandbox", "bwrap"), record("--sandbox", "off")
            costs.append((inside - outside) * 1000 / count)
            ratios.append(inside / outside)
            print(f"{costs[-1]:6.2f} ms a run of {count}", flush=True)
        print(f"median {statistics.median(costs):.2f} ms a run, {statistics.median(ratios):.2f} times the whole command")


if __name__ == "__main__":
    main()
