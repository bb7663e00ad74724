#!/usr/bin/env python3
"""A crowd at the preview: many connections that ask for everything, and a slow-reading crowd beside them.

    python3 tests/load/crowd.py NEWSGEN SITE [--requests 10000] [--connections 200] [--slow 100]

The slow ones ask for a page and a file that fit into no buffer of the system's, and take a few bytes now and then, all
the time. Every other answer must be whole and the same as the first one of its address, whoever dawdles, and the memory
of the preview must be flat: it is read ten times, and the last third must not lie above the middle one. Ends with 1 and
says what is wrong otherwise; a request that is not answered in a minute is lost, so that it always ends.
"""

import argparse
import asyncio
import hashlib
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

PATIENCE = 60
INSTANTS = 10
LARGE = 16 * 1024 * 1024


def memory(pid):
    """Resident memory in MB, 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
    except OSError:
        return 0.0


def furnish(site, folder):
    """The site in a folder of its own, with a page and a file that are too large to be sent at one go."""
    for part in ("newsgen.yaml", "regions.yaml", "entities.yaml", "lenses.yaml"):
        if (site / part).is_file():
            shutil.copy(site / part, folder / part)
    shutil.copytree(site / "content", folder / "content")
    paragraph = "They spoke for an hour and came to no end, so that the matter was put off until the week after.\n\n"
    page = "# A long page\n\n" + paragraph * (LARGE // 2 // len(paragraph))
    (folder / "content" / "pages").mkdir(exist_ok=True)
    (folder / "content" / "pages" / "long.md").write_text(page, encoding="utf-8")
    (folder / "static").mkdir(exist_ok=True)
    (folder / "static" / "long.mp3").write_bytes(bytes(LARGE))


class Crowd:
    """Everybody who asks, and what came of it."""

    def __init__(self, port, pid, options):
        self.port, self.pid, self.options = port, pid, options
        self.known, self.lost, self.instants = {}, [], []
        self.answered = 0

    async def connect(self, narrow=False):
        pipe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        pipe.setblocking(False)
        if narrow:
            pipe.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        await asyncio.wait_for(asyncio.get_running_loop().sock_connect(pipe, ("127.0.0.1", self.port)), PATIENCE)
        return await asyncio.open_connection(sock=pipe, limit=4096 if narrow else 2**16)

    def request(self, path):
        return f"GET {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n\r\n".encode()

    async def ask(self, reader, writer, path):
        """One answer: its status and body."""
        writer.write(self.request(path))
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        if not length:
            sys.exit(f"an answer of unknown length:\n{head}")
        return int(head.split(" ", 2)[1]), await reader.readexactly(int(length.group(1)))

    async def visitor(self, paths, share):
        """One connection that asks for one page after another."""
        streams = None
        for number in share:
            path = paths[number % len(paths)]
            try:
                streams = streams or await self.connect()
                status, body = await asyncio.wait_for(self.ask(*streams, path), PATIENCE)
                digest = hashlib.sha256(body).hexdigest()
                if status != 200 or self.known.setdefault(path, digest) != digest:
                    self.lost.append(f"{path}: {status}, {len(body)} bytes, not what it was")
            except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
                self.lost.append(f"{path}: {error!r}")
                if streams:
                    streams[1].close()
                streams = None
            self.answered += 1
            if self.answered * INSTANTS % self.options.requests < INSTANTS:
                self.instants.append(memory(self.pid))
        if streams:
            streams[1].close()

    async def dawdler(self, path):
        """Asks for something large and takes a few bytes now and then; sent away, it comes back."""
        while True:
            try:
                reader, writer = await self.connect(narrow=True)
                writer.write(self.request(path))
                while await reader.read(512):
                    await asyncio.sleep(0.2)
            except (OSError, asyncio.TimeoutError):
                pass
            writer.close()
            await asyncio.sleep(0.2)

    async def come(self, base):
        streams = await self.connect()
        _, sitemap = await self.ask(*streams, base + "sitemap.xml")
        streams[1].close()
        inside = re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", sitemap.decode())
        paths = [path for path in inside if not path.endswith("/long/")]
        paths += [base + name for name in ("feed.xml", "rss.xml", "feed.json", "search.json", "css/newsgen.css")]
        options = self.options
        large = [base + "long/", base + "long.mp3"]
        slow = [asyncio.create_task(self.dawdler(large[number % 2])) for number in range(options.slow)]
        shares = [range(first, options.requests, options.connections) for first in range(options.connections)]
        started = time.perf_counter()
        await asyncio.gather(*(self.visitor(paths, share) for share in shares))
        seconds = time.perf_counter() - started
        for task in slow:
            task.cancel()
        ends = await asyncio.gather(*slow, return_exceptions=True)
        self.lost += [f"a slow reader: {end!r}" for end in ends if not isinstance(end, asyncio.CancelledError)]
        return seconds, len(paths)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("newsgen")
    options.add_argument("site", type=pathlib.Path)
    options.add_argument("--requests", type=int, default=10000)
    options.add_argument("--connections", type=int, default=200)
    options.add_argument("--slow", type=int, default=100)
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        furnish(options.site, pathlib.Path(folder))
        command = [options.newsgen, "--root", folder, "serve", "-q", "--port", "0"]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            home = child.stdout.readline().strip()
            crowd = Crowd(int(re.search(r":(\d+)/", home).group(1)), child.pid, options)
            start = memory(child.pid)
            seconds, addresses = asyncio.run(crowd.come("/" + home.split("/", 3)[3]))
            if child.poll() is not None:
                sys.exit("failed: the preview ended")
        finally:
            child.terminate()
            child.wait()
    print(f"{crowd.answered} requests for {addresses} addresses over {options.connections} connections beside"
          f" {options.slow} slow readers: {len(crowd.lost)} lost, {options.requests / seconds:.0f} a second")
    print(f"  memory in MB: {start:.0f} before,", ", ".join(f"{instant:.0f}" for instant in crowd.instants))
    for line in crowd.lost[:10]:
        print(f"  {line}")
    middle, last = crowd.instants[INSTANTS // 3 : -INSTANTS // 3], crowd.instants[-INSTANTS // 3 :]
    if crowd.lost or max(last) > max(middle) * 1.1 + 4:
        sys.exit("failed: " + ("answers were lost" if crowd.lost else "the memory grows"))


main()
