#!/usr/bin/env python3
"""What it costs to have others measure.

    .ci/bench/fleet.py --allocbisect PROGRAM [--commits 10000] [--workers 4]

A history of that many commits is measured by workers that answer at once: they hand back what this machine has measured of
the newest commit, under the job's commit. Printed are the processor time of the coordinator for a job, beyond what the same
table takes when all is known, the most memory that it had, and the most jobs that waited at once.
With --sleep, each job takes that many seconds, and one worker is compared with two.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import threading
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--allocbisect", required=True)
parser.add_argument("--commits", type=int, default=10000)
parser.add_argument("--workers", type=int, default=4)
parser.add_argument("--sleep", type=float, default=0)
args = parser.parse_args()
program = str(pathlib.Path(args.allocbisect).resolve())


def make_repository(path, commits):
    """A module whose only source file differs in each commit."""
    subprocess.run(["git", "init", "-q", "-b", "main", path], check=True)
    test = (
        'package m\n\nimport "testing"\n\nvar kept []byte\n\nfunc BenchmarkWork(b *testing.B) {\n'
        "\tfor i := 0; i < b.N; i++ {\n\t\tkept = make([]byte, 1<<10)\n\t}\n}\n"
    )
    with subprocess.Popen(["git", "-C", path, "fast-import", "--quiet"], stdin=subprocess.PIPE, text=True) as stream:

        def data(text):
            stream.stdin.write(f"data {len(text)}\n{text}\n")

        for number in range(commits):
            stream.stdin.write(f"commit refs/heads/main\ncommitter A <a@example.com> {1700000000 + number} +0000\n")
            data(f"{number}\n")
            files = {"m.go": f"package m\n\n// {number}\n"}
            if number == 0:
                files |= {"go.mod": "module example.com/m\n\ngo 1.18\n", "m_test.go": test}
            for name, text in files.items():
                stream.stdin.write(f"M 100644 inline {name}\n")
                data(text)
    subprocess.run(["git", "-C", path, "reset", "-q", "--hard"], check=True)


def checksum(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) % (1 << 64)
    return f"{value:x}"


class Workers:
    """Answer each job that comes in by a pipe, a fixed number at once."""

    def __init__(self, pipe, count, sleep, header, body):
        self.pipe, self.sleep, self.header, self.body = pipe, sleep, header, body
        self.deepest = self.waiting = self.done = 0
        self.lock, self.free = threading.Lock(), threading.Semaphore(count)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            with open(self.pipe) as lines:
                for line in lines:
                    with self.lock:
                        self.waiting += 1
                        self.deepest = max(self.deepest, self.waiting)
                    threading.Thread(target=self.answer, args=(line.strip(),), daemon=True).start()

    def answer(self, path):
        with self.free:
            job = json.loads(pathlib.Path(path).read_text())["job"]
            time.sleep(self.sleep)
            commits = dict.fromkeys(part["commit"] for part in job["references"] + [job["wanted"]])
            text = "".join(f"commit: {commit}\n{self.header}{self.body}" for commit in commits)
            record = pathlib.Path(path[: -len(".json")] + ".record")
            record.with_suffix(".new").write_text(text + f"# answer: {checksum(text)}\n")
            record.with_suffix(".new").rename(record)
            with self.lock:
                self.waiting -= 1
                self.done += 1


def run(command, path):
    """Runs a command; returns its own processor seconds, those that passed, and its most memory in MB."""
    start = time.monotonic()
    with open(path + "/../errors", "w") as errors:
        process = subprocess.Popen([program] + command, cwd=path, stdout=subprocess.DEVNULL, stderr=errors)
        seconds = memory = 0
        while process.poll() is None:
            try:
                fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
                seconds = max(seconds, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))
                for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
                    if line.startswith("VmHWM:"):
                        memory = max(memory, int(line.split()[1]) / 1024)
            except (OSError, IndexError):
                pass
            time.sleep(0.05)
    if process.returncode != 0:
        raise SystemExit(f"{command} ended with {process.returncode}: {pathlib.Path(path + '/../errors').read_text()}")
    return seconds, time.monotonic() - start, memory


def measure(count, folder):
    path = f"{folder}/{count}"
    make_repository(path, args.commits)
    subprocess.run([program, "record", "-C", path, "HEAD"], check=True, stdout=subprocess.DEVNULL)
    export = subprocess.run([program, "cache", "export", "-C", path], check=True, capture_output=True, text=True).stdout
    # Without the files that decide, each commit is measured by itself.
    lines = [line for line in export.splitlines(keepends=True) if not line.startswith(("# inputs:", "# digest:"))]
    start = next(number for number, line in enumerate(lines) if line.startswith("commit: "))
    end = next(number for number, line in enumerate(lines) if line.startswith("bench: "))
    pipe = f"{folder}/jobs-{count}"
    os.mkfifo(pipe)
    workers = Workers(pipe, count, args.sleep, "".join(lines[start + 1 : end]), "".join(lines[end:]))
    words = ["history", f"main~{args.commits - 1}..main", "--format", "csv", "-j", str(count)]
    handed = run(words + ["--executor", f"exec:echo {{job}} > {pipe}"], path)
    known = run(words + ["--cached"], path)
    return handed, known, workers


with tempfile.TemporaryDirectory() as folder:
    if args.sleep:
        walls = [measure(count, folder)[0][1] for count in (1, 2)]
        print(f"{args.commits} jobs of {args.sleep} s: two workers are {walls[0] / walls[1]:.2f} times as fast as one")
    else:
        handed, known, workers = measure(args.workers, folder)
        print(f"{workers.done} jobs over {args.workers} workers")
        print(f"the coordinator took {1000 * (handed[0] - known[0]) / workers.done:.2f} ms of processor time for a job")
        print(f"it had {handed[2]:.0f} MB at most, and {known[2]:.0f} MB when all was known")
        print(f"{workers.deepest / args.workers:.2f} times as many jobs as workers were waiting at once at most")
