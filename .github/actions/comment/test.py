#!/usr/bin/env python3
"""Runs the comment script against what it needs of GitHub's API, served on this machine: .github/actions/comment/test.py"""

import http.server
import io
import json
import os
import pathlib
import subprocess
import tempfile
import threading
import urllib.parse
import zipfile

MARKER = "<!-- allocbisect check -->"


class GitHub(http.server.BaseHTTPRequestHandler):
    """A fork's pull request 7, whose check, run 42, has uploaded `text`; nothing where that is None."""

    text, head = "", "abc"
    # A stranger has written the marker, and fills the first page.
    comments = [{"id": n, "user": {"type": "User"}, "body": MARKER} for n in range(100)]

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        assert self.headers["Authorization"] == "Bearer secret"
        if url.path == "/repos/o/r/pulls":
            assert query == {"state": "open", "head": "fork:feature/x"}, query
            self.answer([{"number": 6, "head": {"sha": "other"}}, {"number": 7, "head": {"sha": self.head}}])
        elif url.path == "/repos/o/r/actions/runs/42/artifacts":
            archives = [{"archive_download_url": f"http://{self.headers['Host']}/archive"}]
            self.answer({"artifacts": [] if self.text is None else archives})
        elif url.path == "/archive":
            archive = io.BytesIO()
            with zipfile.ZipFile(archive, "w") as file:
                file.writestr("allocbisect.md", self.text)
            self.answer(archive.getvalue())
        else:
            assert url.path == "/repos/o/r/issues/7/comments", url.path
            start = 100 * (int(query["page"]) - 1)
            self.answer(self.comments[start : start + 100])

    def do_POST(self):
        assert self.path == "/repos/o/r/issues/7/comments"
        self.comments.append({"id": 900, "user": {"type": "Bot"}, "body": self.body(), "html_url": "written"})
        self.answer(self.comments[-1])

    def do_PATCH(self):
        (comment,) = (c for c in self.comments if self.path == f"/repos/o/r/issues/comments/{c['id']}")
        comment.update(body=self.body(), html_url="updated")
        self.answer(comment)

    def body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]

    def answer(self, value):
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments):
        pass


def comment(url, text, conclusion="failure"):
    """Runs the script, and returns what it prints."""
    GitHub.text = text
    origin = {"id": 42, "head_sha": "abc", "head_branch": "feature/x", "head_repository": {"owner": {"login": "fork"}}}
    origin |= {"conclusion": conclusion, "html_url": "https://example.com/run"}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as event:
        json.dump({"workflow_run": origin}, event)
        event.flush()
        environment = {"GITHUB_API_URL": url, "GITHUB_EVENT_PATH": event.name, "GITHUB_REPOSITORY": "o/r"}
        script = pathlib.Path(__file__).with_name("comment")
        return subprocess.run(
            [script], env=os.environ | environment | {"GITHUB_TOKEN": "secret"}, check=True, capture_output=True, text=True
        ).stdout


server = http.server.HTTPServer(("127.0.0.1", 0), GitHub)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"

assert comment(url, 'failed: "a" \\ ä\n') == "Commented: written\n"
assert GitHub.comments[-1]["body"] == f'{MARKER}\n\nfailed: "a" \\ ä\n'
assert comment(url, "passed\n") == "Commented: updated\n"
assert GitHub.comments[-1]["body"] == f"{MARKER}\n\npassed\n"
assert comment(url, None, "cancelled").startswith("The check has ended without a result")
assert GitHub.comments[-1]["body"] == f"{MARKER}\n\npassed\n"
assert comment(url, None) == "Commented: updated\n"
assert "[its log](https://example.com/run)" in GitHub.comments[-1]["body"]
comment(url, "a row\n" * 20_000)
assert 59_000 < len(GitHub.comments[-1]["body"]) < 65_536
assert len(GitHub.comments) == 101 and all(c["body"] == MARKER for c in GitHub.comments[:100])
GitHub.head = "a later one"
assert comment(url, "outdated\n").startswith("No open pull request")
print("the comment is written once, updated, cut to what there is room for, and of the commit that was checked")
