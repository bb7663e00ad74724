#!/bin/sh
# What tagging costs: 20,000 generated newswire stories (16 MB) in one process on one core, and the start alone.
# And texts without an end: twice the text should cost twice the time, whatever it says.
# The stories are made of the tuning set's sentences, so that names are as dense as in real ones.
set -eu
cd "$(dirname "$0")/.."
cargo build --release --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$work" <<'PY'
import json, random, sys
rng = random.Random(1)
texts = [json.loads(line)["text"] for line in open("tests/tagging/sentences.jsonl", encoding="utf-8")]
filler = [
    "Traders said the market had expected as much, and prices moved little in thin volume through the afternoon.",
    "The statement gave no figures, but officials familiar with the plan put the cost at several hundred million a year.",
    "Analysts said the measure would take months to work its way through orders, stocks and wages.",
    "A second round is due next week, when both sides will bring lists of what they cannot give up.",
]
for number in range(20000):
    story = [rng.choice(texts).upper()[:70], ""]
    size = 0
    while size < 760:
        line = rng.choice(texts if rng.random() < 0.45 else filler)
        story.append(line)
        size += len(line) + 1
    with open(f"{sys.argv[1]}/{number:05}.txt", "w", encoding="utf-8") as out:
        out.write("\n".join(story) + "\n")
PY
printf 'Nothing.\n' > "$work/empty"
echo "bytes: $(cat "$work"/*.txt | wc -c)"
python3 - "$work" <<'PY'
import glob, os, resource, subprocess, sys, time
work = sys.argv[1]
files = sorted(glob.glob(work + "/*.txt"))
def best(names, rounds):
    walls = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(["target/release/newsgen", "tags", "--format", "jsonl", *names],
                       stdout=subprocess.DEVNULL, check=True, env={**os.environ, "RAYON_NUM_THREADS": "1"})
        walls.append(time.perf_counter() - start)
    return min(walls)
print(f"start, tables and one word: {best([work + '/empty'], 20) * 1000:.1f} ms")
print(f"{len(files)} stories on one core: {best(files, 3):.2f} s")
import os.path
kinds = {
    "one sentence": "Georgia and Jordan met Chad and Turkey in Niger ",
    "ambiguous names": "Georgia and Jordan met Chad and Turkey in Niger. ",
    "offices": "Russia said its president and its foreign minister met its prime minister ",
    "counterparts": "Russia's president told his French counterpart and his neighbour in Kyiv ",
    "presidents": "the presidents of Kenya and Senegal and the French and German presidents met ",
    "capitals and verbs": "Paris Use Berlin Use ",
    "surnames": "Lee told Kim that Singh and Powell had met Smith and ",
    "desk labels": "[WORLD] Russia said its foreign minister left for Kyiv.\n\n",
}
for kind, text in kinds.items():
    times = []
    for count in (20000, 40000):
        path = os.path.join(work, "long")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text * count)
        times.append(best([path], 3))
    print(f"{kind}: twice the text costs {times[1] / times[0]:.1f} times the time")
PY
