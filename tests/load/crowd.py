#!/usr/bin/env python3
"""A crowd at the preview: many connections that ask for everything, and a slow-reading crowd beside them.

    python3 tests/load/crowd.py NEWSGEN SITE [--requests 10000] [--connections 200] [--slow 100]

Every answer must be whole and the same as the first one of its address, whoever else dawdles; the memory of the
preview must be flat between the second third of the requests and the last (the first warms it up). Ends with 1 and says what is wrong
otherwise.
"""

import argparse
import asyncio
import hashlib
import re
import subprocess
import sys
import time

PATIENCE = 60


def memory(pid):
    """Resident memory in MB, 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))
    except OSError:
        return 0.0


async def answer(reader):
    """Reads one answer: its status and body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status = int(head.split(" ", 2)[1])
    length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
    if not length:
        sys.exit(f"an answer of unknown length:\n{head}")
    return status, await reader.readexactly(int(length.group(1)))


async def ask(reader, writer, port, path):
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
    await writer.drain()
    return await answer(reader)


async def visitor(port, paths, share, known, lost):
    """One connection that asks for one page after another."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in share:
        path = paths[number % len(paths)]
        try:
            status, body = await asyncio.wait_for(ask(reader, writer, port, path), PATIENCE)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
            lost.append(f"{path}: {error!r}")
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            continue
        digest = hashlib.sha256(body).hexdigest()
        if status != 200 or known.setdefault(path, digest) != digest:
            lost.append(f"{path}: {status}, {len(body)} bytes, not what it was")
    writer.close()


async def dawdler(port, path, end):
    """Asks for something large and takes a few bytes now and then; sent away, it comes back."""
    while not end.is_set():
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4096)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
            while not end.is_set() and await reader.read(512):
                await asyncio.sleep(0.2)
            writer.close()
        except OSError:
            await asyncio.sleep(0.2)


async def third(port, paths, large, options, known):
    lost, end = [], asyncio.Event()
    slow = [asyncio.create_task(dawdler(port, large, end)) for _ in range(options.slow)]
    shares = [range(first, options.requests // 3, options.connections) for first in range(options.connections)]
    await asyncio.gather(*(visitor(port, paths, share, known, lost) for share in shares))
    end.set()
    await asyncio.gather(*slow)
    return lost


def main():
    options = argparse.ArgumentParser()
    options.add_argument("newsgen")
    options.add_argument("site")
    options.add_argument("--requests", type=int, default=10000)
    options.add_argument("--connections", type=int, default=200)
    options.add_argument("--slow", type=int, default=100)
    options = options.parse_args()
    child = subprocess.Popen([options.newsgen, "--root", options.site, "serve", "-q", "--port", "0"],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        home = child.stdout.readline().strip()
        port = int(re.search(r":(\d+)/", home).group(1))
        base = "/" + home.split("/", 3)[3]

        async def run():
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            _, sitemap = await ask(reader, writer, port, base + "sitemap.xml")
            inside = re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", sitemap.decode())
            paths = inside + [base + name for name in ("feed.xml", "rss.xml", "feed.json", "search.json", "css/newsgen.css")]
            writer.close()
            known, lost, figures = {}, [], []
            for _ in range(3):
                started = time.perf_counter()
                lost += await third(port, paths, base + "search.json", options, known)
                figures.append((time.perf_counter() - started, memory(child.pid)))
            return lost, figures, len(paths)

        lost, figures, addresses = asyncio.run(run())
    finally:
        child.terminate()
        child.wait()
    seconds = sum(figure[0] for figure in figures)
    before, after = figures[1][1], figures[2][1]
    print(f"{options.requests} requests for {addresses} addresses over {options.connections} connections beside"
          f" {options.slow} slow readers: {len(lost)} lost, {options.requests / seconds:.0f} a second,"
          f" memory {before:.0f} MB after two thirds, {after:.0f} MB at the end")
    for line in lost[:10]:
        print(f"  {line}")
    if lost or after > before * 1.15 + 8:
        sys.exit("failed: " + ("answers were lost" if lost else "the memory grows"))


main()
