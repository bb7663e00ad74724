// Sites made by newsgen, served as GitHub Pages would: below a base path, `404.html` for wrong addresses, and with
// a strict content security policy, so that an inline script or handler fails a test.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".json": "application/json", ".svg": "image/svg+xml", ".xml": "application/xml", ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8", ".png": "image/png",
};

let binary = process.env.NEWSGEN;
function newsgen() {
  if (!binary) {
    execFileSync("cargo", ["build", "--quiet"], { cwd: root, stdio: "inherit" });
    binary = join(process.env.CARGO_TARGET_DIR || join(root, "target"), "debug/newsgen");
  }
  return binary;
}

// Builds a site and serves it. `files` are the site's texts by path; `init` asks for the site that `newsgen init` makes;
// without either it is the sample newsletter.
export async function site({ base = "/", files = null, init = false, inlineStyle = false } = {}) {
  const work = mkdtempSync(join(tmpdir(), "newsgen-browser-"));
  let folder = root;
  if (files) {
    folder = join(work, "site");
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
  if (init) {
    folder = join(work, "site");
    execFileSync(newsgen(), ["init", folder], { stdio: ["ignore", "ignore", "inherit"] });
  }
  const output = join(work, "public");
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const policy = `default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; style-src 'self'${inlineStyle ? " 'unsafe-inline'" : ""}`;
    const answer = (status, file) => {
      response.writeHead(status, { "content-type": types[extname(file)] || "application/octet-stream", "content-security-policy": policy });
      response.end(readFileSync(file));
    };
    let file = path.startsWith(base) ? normalize(join(output, path.slice(base.length))) : "";
    try {
      if (statSync(file).isDirectory()) file = join(file, "index.html");
      answer(200, file);
    } catch {
      answer(404, join(output, "404.html"));
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  execFileSync(newsgen(), ["build", "-q", "--root", folder, "-o", output, "--base-url", origin + base], { stdio: ["ignore", "ignore", "inherit"] });
  return {
    output, origin, base,
    url: (path) => origin + base + path.replace(/^\//, ""),
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(work, { recursive: true, force: true });
    },
  };
}

// A newsletter that strains a layout: long words, wide tables, code, every kind of block, odd characters in titles.
export const rough = {
  "newsgen.yaml": `title: "Der Rückversicherungsgesellschaftsrundbrief & <Co>"
description: "A newsletter that strains every layout, with a description that goes on for rather longer than anybody would want it to."
base_url: https://example.org/
page_size: 2
publisher: "Desk & Sons"
navigation:
- "A link with a rather long name": /about/
theme: {accent: "#ffe14d", footer: "A last line."}
`,
  "content/pages/about.md": "---\ntitle: About\nmenu: 1\n---\n\nWe write.\n\n## A heading\n\nMore.\n",
  "content/briefings/2025-06-05-rough.md": `---
title: "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle & <b>'\\""
category: "INFRASTRUCTURE AND TRANSPORT"
summary: "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz was repealed."
authors: ["A desk with a long name", "Another one"]
series: "Long words"
regions: [europe]
actors: ["Viktor Orbán", "A committee with a name so long that nobody can remember the second half of it"]
sources:
- {title: "https://example.org/a/very/long/address/without/any/place/to/break/it/anywhere/at/all/0123456789", url: "https://example.org/"}
corrections:
- {date: "2025-06-06", note: "A number was wrong."}
---

Plain facts[^1], \`code\` and https://example.org/a/very/long/address/without/any/place/to/break/it/anywhere/at/all/0123456789

![A chart](/icon.svg)

| A rather long heading | Another long heading | A third long heading | A fourth long heading | Fifth |
| --- | ---: | :---: | --- | --- |
| one | 2 | three | four words of text | Kraftfahrzeughaftpflichtversicherung |

| A | B |
| --- | --- |
| 1 | 2 |

\`\`\`rust
fn main() { let greeting: &'static str = "a string that is long enough to need a scroll bar on any small screen"; println!("{greeting}"); } // a comment
\`\`\`

> A quotation.

## Implications

### For Kraftfahrzeughaftpflichtversicherungsgesellschaften

- [ ] open
- [x] done

1. one
   - nested
2. two

### For everybody

Text.

## What we think

> [!WARNING]
> Mind the gap.

> [!TIP]
> \`Some\` advice.

Our view is firm.

## Outlook

### A heading below

Text.

[^1]: A footnote with a [link](https://example.org/).
`,
  "content/briefings/2025-06-04-second.txt": "[WORLD] They met in Paris on Wednesday. It rained.\nImplications\nFor investors\nPrices rise.\nWhat we think\nIt is early.\n",
  "content/briefings/2025-06-03-third.md": "---\ntitle: \"مذكرة قصيرة عن السوق\"\n---\n\nنص قصير عن السوق.\n",
  "content/briefings/2025-06-02-fourth.md": "---\ntitle: Fourth\nseries: \"Long words\"\nactors: [\"Viktor Orbán\"]\n---\n\nText.\n",
};
