#!/usr/bin/env python3
"""Writes one made-up newsletter twice: as a newsgen site and as a Hugo site.

    python3 benches/newsletter.py FOLDER COUNT

FOLDER/newsgen and FOLDER/hugo hold the same COUNT briefings of about 500 words, the same three taxonomies (regions,
actors, categories), a page and a feed with full content for every term. The text is made from a fixed list of words
with a fixed seed: the same COUNT gives the same bytes on every machine.
"""

import datetime
import pathlib
import random
import sys

REGIONS = {
    "north-america": "North America",
    "latin-america-caribbean": "Latin America & Caribbean",
    "europe": "Europe",
    "eurasia": "Russia & Eurasia",
    "middle-east-north-africa": "Middle East & North Africa",
    "sub-saharan-africa": "Sub-Saharan Africa",
    "south-asia": "South Asia",
    "asia-pacific": "Asia-Pacific",
}
CATEGORIES = ["WORLD", "ECONOMY", "SECURITY", "ENERGY", "CLIMATE", "TECHNOLOGY", "POLITICS", "TRADE"]
AUDIENCES = ["investors", "markets", "energy buyers", "European governments", "shipping", "technology firms"]
ACTORS = [f"{kind} {name}" for kind in ("Ministry of", "Institute for", "Council on", "Bank of")
          for name in ("Aster", "Birch", "Cedar", "Dahlia", "Elder", "Fern", "Gorse", "Hazel", "Iris", "Juniper")]
WORDS = """the of and to in that for with as on at by from after before over under talks summit sanctions exports
imports tariff pipeline border ceasefire budget deficit reserve inflation election coalition cabinet parliament
minister regulator central bank currency bond yield shipment port corridor grain fertiliser copper lithium chips
export licence inspection treaty clause deadline pledge envoy mediator delegation statement warning retaliation
drone strike missile defence exercise fleet strait convoy insurance premium route delay cost price supply demand
output quota refinery gas oil power grid nuclear reactor fuel coal solar wind storage investment fund loan debt
restructuring lender creditor rating downgrade growth forecast survey confidence wage labour strike union migration
asylum visa court ruling appeal inquiry report evidence likely unlikely remains could would may still however while
although because unless despite officials analysts observers critics supporters partners rivals allies neighbours"""
WORDS = WORDS.split()


def sentence(dice):
    words = [dice.choice(WORDS) for _ in range(dice.randint(12, 26))]
    if len(words) > 16:
        words[8] += ","
    text = " ".join(words)
    return text[0].upper() + text[1:] + "."


def paragraph(dice):
    return " ".join(sentence(dice) for _ in range(3))


def briefing(number):
    dice = random.Random(number)
    date = datetime.date(2026, 10, 31) - datetime.timedelta(days=number // 4)
    title = " ".join(dice.choice(WORDS) for _ in range(7)).capitalize()
    body = [paragraph(dice) for _ in range(3)]
    body.append("## Implications")
    for audience in dice.sample(AUDIENCES, 3):
        body += [f"### For {audience}", paragraph(dice)]
    body.append("## What we think")
    body += [paragraph(dice) for _ in range(2)]
    return {
        "number": number,
        "date": date.isoformat(),
        "title": title,
        "category": dice.choice(CATEGORIES),
        "regions": dice.sample(sorted(REGIONS), 2),
        "actors": dice.sample(ACTORS, 4),
        "body": "\n\n".join(body) + "\n",
    }


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def quoted(names):
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def newsgen_site(root, briefings):
    write(root / "newsgen.yaml", 'title: "Bench"\nbase_url: "https://example.org/"\n')
    for one in briefings:
        head = (
            f'---\ntitle: "{one["title"]}"\ndate: "{one["date"]}"\ncategory: "{one["category"]}"\n'
            f'regions: {quoted(one["regions"])}\nactors: {quoted(one["actors"])}\ncountries: []\n---\n\n'
        )
        write(root / f'content/briefings/{one["date"]}-briefing-{one["number"]}.md', head + one["body"])


BASE = """<!doctype html>
<html lang="{{ site.Language.Lang }}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Title }}</title>
<meta name="description" content="{{ .Summary | plainify | truncate 200 }}">
<link rel="canonical" href="{{ .Permalink }}">
{{ with .OutputFormats.Get "RSS" }}<link rel="alternate" type="application/rss+xml" href="{{ .Permalink }}">{{ end }}
<meta property="og:title" content="{{ .Title }}"><meta property="og:url" content="{{ .Permalink }}">
</head>
<body>
<header><a href="{{ "/" | relURL }}">{{ site.Title }}</a>
<nav><a href="{{ "/regions/" | relURL }}">Regions</a> <a href="{{ "/actors/" | relURL }}">Actors</a>
<a href="{{ "/categories/" | relURL }}">Categories</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer>{{ site.Title }}</footer>
</body>
</html>
"""
SINGLE = """{{ define "main" }}<article><h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time>
{{ range .GetTerms "categories" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}
{{ range .GetTerms "regions" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}
{{ range .GetTerms "actors" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</p>
{{ .Content }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</article>{{ end }}
"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ $pages := .Paginate (where .RegularPages "Type" "briefings") 20 }}
{{ range $pages.Pages }}<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time> {{ .Summary | plainify }}</p>
</article>{{ end }}
{{ with $pages.Prev }}<a href="{{ .URL }}">newer</a>{{ end }}{{ with $pages.Next }}<a href="{{ .URL }}">older</a>{{ end }}
{{ end }}
"""
TERMS = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Data.Terms.Alphabetical }}
<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}
"""
RSS = """{{- printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{ range first 20 (where .RegularPages "Type" "briefings") }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<guid>{{ .Permalink }}</guid><pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<description>{{ .Summary | plainify | transform.XMLEscape | safeHTML }}</description>
<content:encoded>{{ .Content | transform.XMLEscape | safeHTML }}</content:encoded></item>
{{ end }}</channel></rss>
"""


def hugo_site(root, briefings):
    write(
        root / "hugo.toml",
        'baseURL = "https://example.org/"\nlocale = "en"\ntitle = "Bench"\n'
        '[taxonomies]\nregion = "regions"\nactor = "actors"\ncategory = "categories"\n'
        '[outputs]\nhome = ["html", "rss"]\nsection = ["html", "rss"]\ntaxonomy = ["html"]\nterm = ["html", "rss"]\n',
    )
    write(root / "layouts/baseof.html", BASE)
    write(root / "layouts/single.html", SINGLE)
    write(root / "layouts/list.html", LIST)
    write(root / "layouts/home.html", LIST)
    write(root / "layouts/taxonomy.html", TERMS)
    write(root / "layouts/term.html", LIST)
    write(root / "layouts/rss.xml", RSS)
    for one in briefings:
        head = (
            f'---\ntitle: "{one["title"]}"\ndate: {one["date"]}\ncategories: ["{one["category"]}"]\n'
            f'regions: {quoted(one["regions"])}\nactors: {quoted(one["actors"])}\n---\n\n'
        )
        write(root / f'content/briefings/{one["date"]}-briefing-{one["number"]}.md', head + one["body"])


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    root, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    briefings = [briefing(number) for number in range(count)]
    newsgen_site(root / "newsgen", briefings)
    hugo_site(root / "hugo", briefings)


main()
