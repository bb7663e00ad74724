// The preview in a real browser: what happens on the screen when somebody saves.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let binary = process.env.NEWSGEN;
if (!binary) {
  execFileSync("cargo", ["build", "--quiet"], { cwd: root, stdio: "inherit" });
  binary = join(process.env.CARGO_TARGET_DIR || join(root, "target"), "debug/newsgen");
}

const call = `---
title: The call
category: WORLD
regions: [europe]
actors: [NATO]
---

They spoke for an hour.

## Implications

### For investors

Prices rise.

## What we think

${"It will hold, for reasons that take some room to say.\n\n".repeat(60)}`;

const files = {
  "newsgen.yaml": "title: Desk\nbase_url: https://desk.example/repo/\neditor: \"vscode://file{path}:{line}\"\n",
  "content/briefings/2025-06-05-call.md": call,
  "content/briefings/2025-06-04-talks.md": "---\ntitle: The talks\nregions: [europe]\n---\n\nThey met in Vienna.\n",
  "content/briefings/2025-06-03-plan.md": "---\ntitle: The plan\ndraft: true\n---\n\nNot yet.\n",
  "content/pages/about.md": "---\ntitle: About\nmenu: 1\n---\n\nWe write.\n",
};

async function preview(options = []) {
  const folder = mkdtempSync(join(tmpdir(), "newsgen-preview-"));
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const child = spawn(binary, ["--root", folder, "serve", "--port", "0", ...options], { stdio: ["ignore", "pipe", "ignore"] });
  const home = await new Promise((done, fail) => {
    createInterface({ input: child.stdout }).once("line", done);
    child.once("exit", () => fail(new Error("the preview ended")));
  });
  return {
    home, write,
    origin: new URL(home).origin,
    remove: (path) => rmSync(join(folder, path)),
    close() {
      child.removeAllListeners("exit");
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let browser, context, made;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: quiet });
  context = await browser.newContext();
  made = await preview();
});
after(async () => {
  made.close();
  await browser.close();
});

// An open page that remembers what went wrong on it, and that shows whether it was loaded anew.
async function open(path) {
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  const listening = page.waitForRequest((request) => request.url().includes("/_newsgen/events"));
  await page.goto(path.startsWith("/") ? made.origin + path : made.home + path);
  await listening;
  await page.evaluate(() => (window.same = true));
  return { page, wrong };
}

const isSame = (page) => page.evaluate(() => window.same === true);
const says = (page, words) => page.waitForFunction((words) => document.body.innerText.includes(words), words);

describe("a saved edit", () => {
  test("shows on its page, and no other page is loaded anew", async () => {
    const call = await open("briefings/2025-06-05-call/");
    const about = await open("about/");
    made.write("content/briefings/2025-06-05-call.md", files["content/briefings/2025-06-05-call.md"].replace("for an hour", "until midnight"));
    await says(call.page, "until midnight");
    assert.equal(await isSame(call.page), false);
    // A change of its own is the next thing that the other page hears of.
    made.write("content/pages/about.md", "---\ntitle: About\nmenu: 1\n---\n\nWe write and read.\n");
    await says(about.page, "We write and read.");
    assert.deepEqual([...call.wrong, ...about.wrong], []);
    await call.page.close();
    await about.page.close();
  });

  test("of a style sheet is swapped in place: the page neither reloads nor moves", async () => {
    const { page, wrong } = await open("briefings/2025-06-05-call/");
    await page.evaluate(() => window.scrollTo(0, 600));
    made.write("static/css/newsgen.css", "body { background: rgb(1, 2, 3); min-height: 4000px }");
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)");
    await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"]').length === 1);
    assert.equal(await isSame(page), true);
    assert.equal(await page.evaluate(() => window.scrollY), 600);
    made.remove("static/css/newsgen.css");
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor !== "rgb(1, 2, 3)");
    assert.equal(await isSame(page), true);
    assert.deepEqual(wrong, []);
    await page.close();
  });
});

describe("a broken edit", () => {
  test("lies over the last good page with file, line and caret, and goes when it is mended", async () => {
    const { page, wrong } = await open("briefings/2025-06-04-talks/");
    const good = files["content/briefings/2025-06-04-talks.md"];
    made.write("content/briefings/2025-06-04-talks.md", good.replace("regions:", "regoins:"));
    const sheet = page.locator("newsgen-preview .problems");
    await sheet.waitFor({ state: "visible" });
    const words = await sheet.innerText();
    assert.match(words, /content\/briefings\/2025-06-04-talks\.md:3:1/);
    assert.match(words, /\^\^\^/);
    const link = sheet.locator("h2 a");
    assert.match(await link.getAttribute("href"), /^vscode:\/\/file\/.*2025-06-04-talks\.md:3$/);
    assert.match(await page.evaluate(() => document.body.innerText), /They met in Vienna/);
    assert.equal(await isSame(page), true);
    // By keyboard: the focus is on the button, Esc hides, the mark in the corner brings it back.
    assert.equal(await page.evaluate(() => document.querySelector("newsgen-preview") !== null), true);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    const mark = page.locator("newsgen-preview .bar button");
    await mark.focus();
    await page.keyboard.press("Enter");
    await sheet.waitFor({ state: "visible" });
    made.write("content/briefings/2025-06-04-talks.md", good.replace("Vienna", "Geneva"));
    await says(page, "They met in Geneva.");
    await sheet.waitFor({ state: "hidden" });
    assert.deepEqual(wrong, []);
    await page.close();
  });

  test("that was there before the page was opened shows, too", async () => {
    made.write("templates/home.html", "{% if %}");
    const { page } = await open("");
    const sheet = page.locator("newsgen-preview .problems");
    await sheet.waitFor({ state: "visible" });
    assert.match(await sheet.innerText(), /templates\/home\.html/);
    await says(page, "The talks");
    made.remove("templates/home.html");
    await sheet.waitFor({ state: "hidden" });
    await page.close();
  });
});

describe("the site at its base path", () => {
  test("has no link that leads out of it, and every link of the home page leads somewhere", async () => {
    const { page, wrong } = await open("");
    const links = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((link) => link.href));
    const inside = [...new Set(links)].filter((link) => link.startsWith(made.origin));
    assert.ok(inside.length > 5);
    for (const link of inside) {
      assert.ok(link.startsWith(made.home), `${link} is not below the base path`);
      const answer = await page.request.get(link);
      assert.equal(answer.status(), 200, link);
    }
    assert.deepEqual(wrong, []);
    await page.close();
  });

  test("a wrong address keeps the style at any depth, and shows the page once there is one", async () => {
    const { page } = await open("a/b/c/d/");
    assert.ok(await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.href?.includes("/repo/css/"))));
    await page.goto(made.home + "soon/");
    made.write("content/pages/soon.md", "# Soon\n\nIt is there.\n");
    await says(page, "It is there.");
    await page.close();
  });

  test("search finds a briefing, by keyboard alone", async () => {
    const { page, wrong } = await open("search/");
    const field = page.locator('main input[type="search"], main input[name="q"]').first();
    await field.focus();
    await page.keyboard.type("Geneva");
    await page.waitForFunction(() => [...document.querySelectorAll("main a")].some((link) => link.textContent.includes("The talks")));
    const link = page.locator("main a", { hasText: "The talks" }).first();
    await link.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/repo\/briefings\/2025-06-04-talks\//);
    assert.deepEqual(wrong, []);
    await page.close();
  });
});

describe("the editor's view", () => {
  test("says itself what stops a publication: nothing is laid over it unless somebody asks", async () => {
    const { page, wrong } = await open("/_newsgen/");
    await says(page, "This site can be published");
    const good = files["content/briefings/2025-06-04-talks.md"];
    made.write("content/briefings/2025-06-04-talks.md", good.replace("regions:", "regoins:"));
    await says(page, "This site would not be published");
    const mark = page.locator("newsgen-preview .bar button");
    await mark.waitFor({ state: "visible" });
    const sheet = page.locator("newsgen-preview .problems");
    assert.equal(await sheet.isVisible(), false);
    assert.match(await page.locator("main .problem pre").innerText(), /\^\^\^/);
    await mark.click();
    await sheet.waitFor({ state: "visible" });
    made.write("content/briefings/2025-06-04-talks.md", good);
    await says(page, "This site can be published");
    await sheet.waitFor({ state: "hidden" });
    assert.deepEqual(wrong, []);
    await page.close();
  });

  test("lists what waits, and shows a draft in every form with its banner", async () => {
    const { page, wrong } = await open("/_newsgen/");
    await page.getByRole("link", { name: "The plan" }).first().click();
    await page.waitForURL(/briefing\?file=/);
    const frame = page.frameLocator('iframe[title="The web page"]');
    await frame.locator("newsgen-preview .banner").waitFor({ state: "visible" });
    assert.match(await frame.locator("newsgen-preview .banner").innerText(), /Draft: not published/);
    const phone = page.locator('iframe[title*="390"]');
    assert.equal(await phone.evaluate((frame) => frame.clientWidth + 2), 390);
    assert.match(await page.locator("pre.markdown").innerText(), /Not yet\./);
    assert.deepEqual(wrong, []);
    await page.close();
  });

  test("follows the keyboard, any width and both schemes, and axe objects to nothing", async () => {
    for (const path of ["/_newsgen/", "/_newsgen/briefing?file=content/briefings/2025-06-05-call.md"]) {
      const { page } = await open(path);
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        for (const width of [390, 1280]) {
          await page.setViewportSize({ width, height: 860 });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(over, 0, `${path} at ${width} px is ${over} px too wide`);
        }
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"], iframes: false }));
        const faults = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(", ")}`);
        assert.deepEqual(faults, [], `${path}, ${colorScheme}`);
      }
      await page.close();
    }
  });
});
