#!/usr/bin/env python3
"""Time 'allocbisect history' and 'report' on a thousand commits with fifty benchmarks, all of them in the results cache.

  thousand.py [--allocbisect PATH] [--go PATH] [--commits N] [--benchmarks N] [--noise]

Makes a repository in a temporary folder, measures its last commit, gives every other commit such numbers in the cache,
which step now and then, and prints the seconds that each format takes. The report is one of allocs/op alone. With
--noise, no two values are the same.
"""
import argparse
import hashlib
import pathlib
import random
import sqlite3
import subprocess
import tempfile
import time


def commit(number, benchmarks):
    files = {"m.go": f"package m\n\nvar sink any\n\n// {number}\n"}
    if number == 0:
        files["go.mod"] = "module example.com/m\n\ngo 1.19\n"
        files["m_test.go"] = 'package m\n\nimport "testing"\n' + "".join(
            f"\nfunc BenchmarkNumber{n:02}(b *testing.B) {{\n\tfor i := 0; i < b.N; i++ {{\n"
            f"\t\tsink = new([{n + 1}]byte)\n\t}}\n}}\n" for n in range(benchmarks))
    subject = f"Change number {number}\n"
    lines = ["commit refs/heads/main", f"committer A U Thor <a@example.com> {1_700_000_000 + number * 3600} +0100",
             f"data {len(subject)}", subject.rstrip()]
    for path, text in files.items():
        lines += [f"M 100644 inline {path}", f"data {len(text)}", text]
    return "\n".join(lines) + "\n"


def fill(cache, commits, noise):
    database = sqlite3.connect(cache)
    rows = database.execute("SELECT id, recipe, package, pattern, short, long, rounds, inputs FROM measurement").fetchall()
    values = {row[0]: database.execute("SELECT benchmark, unit, round, iterations, value FROM value "
                                       "WHERE measurement = ?", row[:1]).fetchall() for row in rows}
    chance = random.Random(1)
    for position, name in enumerate(commits):
        digest = hashlib.sha1(name.encode()).hexdigest()
        for row in rows:
            level = 1.37 ** ((position + 31 * row[0]) // 500 % 4) * (chance.uniform(0.95, 1.05) if noise else 1)
            cursor = database.execute(
                'INSERT INTO measurement (recipe, package, pattern, short, long, rounds, inputs, "commit", digest) '
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row[1:] + (name, digest))
            database.executemany("INSERT INTO value VALUES (?, ?, ?, ?, ?, ?)",
                                 [(cursor.lastrowid,) + value[:-1] + (value[-1] * level,) for value in values[row[0]]])
    database.commit()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--allocbisect", default="allocbisect")
    parser.add_argument("--go", default="go")
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--benchmarks", type=int, default=50)
    parser.add_argument("--noise", action="store_true")
    options = parser.parse_args()
    if "/" in options.allocbisect:
        options.allocbisect = str(pathlib.Path(options.allocbisect).resolve())
    with tempfile.TemporaryDirectory() as folder:
        def run(*words, **more):
            return subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True, **more).stdout
        run("git", "init", "-q", "-b", "main")
        run("git", "fast-import", "--quiet", input="".join(commit(n, options.benchmarks) for n in range(options.commits)))
        run(options.allocbisect, "record", "main", "--go", options.go)
        fill(pathlib.Path(folder, ".git/allocbisect/measurements.sqlite"), run("git", "rev-list", "main~1").split(),
             options.noise)
        for name in ["text", "json", "markdown", "csv", "benchmark", "html", "prometheus"]:
            start = time.monotonic()
            text = run(options.allocbisect, "history", "-n", str(options.commits), "--cached", "--go", options.go,
                       "--format", name)
            print(f"{name:10}  {time.monotonic() - start:5.2f} s  {len(text) >> 10} KiB")
        page = pathlib.Path(folder, "report.html")
        start = time.monotonic()
        run(options.allocbisect, "report", f"main~{options.commits - 1}..main", "--cached", "--go", options.go,
            "-m", "allocs/op", "-o", str(page))
        print(f"{'report':10}  {time.monotonic() - start:5.2f} s  {page.stat().st_size >> 10} KiB")


if __name__ == "__main__":
    main()
