#!/usr/bin/env python3
"""Time allocbisect on a history of the largest size that it is meant for.

  load.py [--allocbisect PATH] [--go PATH] [--commits 100000] [--merges 500] [--packages 50] [--benchmarks 2000] [--keep DIR]

Makes a repository in a temporary folder (or in DIR, where it is kept and used again), in which every hundredth commit
changes a package and the last tenth of the history made one package allocate more. Prints seconds and memory of 'plan',
of 'find' in one package, and of 'history' in each format from the results cache, with its bytes a second.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import time


def package(name, benchmarks, allocations, change):
    body = "".join(f"\nfunc BenchmarkNumber{n:03}(b *testing.B) {{\n\tfor i := 0; i < b.N; i++ {{\n\t\twork()\n\t}}\n}}\n"
                   for n in range(benchmarks))
    code = "".join("\tsink = new([64]byte)\n" for _ in range(allocations))
    return {f"{name}/{name}.go": f"package {name}\n\n// {change}\n\nvar sink any\n\nfunc work() {{\n{code}}}\n",
            f"{name}/{name}_test.go": f'package {name}\n\nimport "testing"\n{body}'}


def stream(options):
    """The history for git fast-import: a line of commits, into which short branches are merged."""
    each = options.benchmarks // options.packages
    merges = {options.commits * (n + 1) // (options.merges + 1) for n in range(options.merges)}
    mark = 0

    def commit(branch, number, files, parents=""):
        nonlocal mark
        mark += 1
        subject = f"Change number {number}\n"
        head = (f"commit refs/heads/{branch}\nmark :{mark}\ncommitter A U Thor <a@example.com> {1_500_000_000 + 600 * number} "
                f"+0000\ndata {len(subject)}\n{subject}{parents}")
        return head + "".join(f"M 100644 inline {path}\ndata {len(text)}\n{text}\n" for path, text in files.items())

    for number in range(options.commits):
        files = {"README": f"{number}\n"}
        if number == 0:
            files["go.mod"] = "module example.com/m\n\ngo 1.19\n"
            for n in range(options.packages):
                files |= package(f"p{n:02}", each, 1, 0)
        elif number % 100 == 0:
            name = number // 100 % options.packages
            grown = name == 0 and number > options.commits * 9 // 10
            files |= package(f"p{name:02}", each, 3 if grown else 1, number)
        base = mark
        yield commit("main", number, files)
        if number in merges:
            main = mark
            yield commit("side", number, {"NOTES": f"{number}\n"}, f"from :{base}\n")
            yield commit("main", number, {"NOTES": f"{number}\n"}, f"from :{main}\nmerge :{mark}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--allocbisect", default="allocbisect")
    parser.add_argument("--go", default="go")
    for name, number in {"commits": 100_000, "merges": 500, "packages": 50, "benchmarks": 2_000}.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    program = str(pathlib.Path(options.allocbisect).resolve()) if "/" in options.allocbisect else options.allocbisect

    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        if not (folder / ".git").exists():
            subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
            importer = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE, text=True)
            for text in stream(options):
                importer.stdin.write(text)
            importer.stdin.close()
            if importer.wait() != 0:
                sys.exit("git fast-import failed")

        def timed(name, *words):
            start = time.monotonic()
            run = subprocess.run(["/usr/bin/time", "-f", "%M", program, *words], cwd=folder, stdout=subprocess.PIPE,
                                 stderr=subprocess.PIPE)
            seconds = time.monotonic() - start
            if run.returncode not in (0, 3):
                sys.exit(f"{name}: status {run.returncode}: {run.stderr.decode()[-500:]}")
            size = len(run.stdout)
            memory = int(run.stderr.split()[-1]) // 1024
            print(f"{name:18}  {seconds:6.2f} s  {memory:5} MiB  {size >> 10:7} KiB  {size / seconds / 1e6:6.1f} MB/s", flush=True)

        root = subprocess.run(["git", "rev-list", "--max-parents=0", "main"], cwd=folder, check=True, capture_output=True,
                              text=True).stdout.strip()
        go = ["--go", options.go]
        timed("plan", "plan", f"{root}..main", *go)
        timed("find, one package", "find", f"{root}..main", "-p", "./p00", "-m", "allocs/op", "--no-explain", *go)
        timed("find again", "find", f"{root}..main", "-p", "./p00", "-m", "allocs/op", "--no-explain", *go)
        for name in ["json", "csv", "benchmark", "text"]:
            timed(f"history, {name}", "history", f"{root}..main", "--cached", "-p", "./p00", "-m", "allocs/op", "--format",
                  name, *go)


if __name__ == "__main__":
    main()
