use super::*;
use crate::config::ContentPolicy;

struct Site;

impl Addresses for Site {
    fn inside(&self, written: &str) -> Option<String> {
        written.strip_prefix('/').map(|path| format!("/repo/{path}"))
    }
}

fn set(markdown: &str) -> String {
    let mut page = Typesetter::new(&Site, ContentPolicy::Safe, true, String::new(), &["facts"]);
    let mut html = page.body(markdown, 3);
    html.push_str(&page.footnotes());
    html
}

fn check(markdown: &str, html: &str) {
    assert_eq!(set(markdown).trim_end(), html);
}

#[test]
fn a_script_is_shown_not_run() {
    check("Hi <script>alert(1)</script> there", "<p>Hi &lt;script&gt;alert(1)&lt;/script&gt; there</p>");
    check("<script>\nalert(1)\n</script>", "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>");
    check("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>");
}

#[test]
fn a_link_that_could_run_a_script_keeps_its_words_only() {
    for address in
        ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "&#106;avascript:x"]
    {
        check(&format!("[words]({address})"), "<p>words</p>");
    }
    check("<javascript:alert(1)>", "<p>javascript:alert(1)</p>");
    check("[words](<java\tscript:alert(1)>)", "<p>words</p>");
}

#[test]
fn a_picture_that_could_run_a_script_is_its_description() {
    check("![a <b>](javascript:x)", "<p>a &lt;b&gt;</p>");
}

#[test]
fn links_inside_the_site_get_the_base_path() {
    check("[a](/about/)", "<p><a href=\"/repo/about/\">a</a></p>");
    check(
        "[a](https://x.org/?a=1&b=2 \"T\")",
        "<p><a href=\"https://x.org/?a=1&amp;b=2\" title=\"T\">a</a></p>",
    );
    check("![a](/c.png)", "<p><img src=\"/repo/c.png\" alt=\"a\" loading=\"lazy\" decoding=\"async\"></p>");
}

#[test]
fn bare_addresses_become_links() {
    check(
        "See https://x.org/a_b, and more.",
        "<p>See <a href=\"https://x.org/a_b\">https://x.org/a_b</a>, and more.</p>",
    );
    check("[https://x.org](https://y.org)", "<p><a href=\"https://y.org\">https://x.org</a></p>");
    check("`https://x.org`", "<p><code>https://x.org</code></p>");
}

#[test]
fn addresses_are_encoded_as_urls_must_be() {
    check("[a](<my url>)", "<p><a href=\"my%20url\">a</a></p>");
    check("[a](foo\\bar)", "<p><a href=\"foo%5Cbar\">a</a></p>");
    check("[a](https://x.org/%20?q=[1])", "<p><a href=\"https://x.org/%20?q=%5B1%5D\">a</a></p>");
    check("[a](http://[::1]/)", "<p><a href=\"http://[::1]/\">a</a></p>");
    check("<https://../>", "<p>https://../</p>");
}

#[test]
fn money_is_not_mathematics() {
    check("not $6 million. US$3bn", "<p>not $6 million. US$3bn</p>");
}

#[test]
fn a_comment_is_left_out_and_a_break_is_a_break() {
    check("a<br>b <!-- no -->", "<p>a<br />\nb </p>");
    check("<!-- only -->\n", "");
}

#[test]
fn headings_never_outrank_the_section_they_stand_in() {
    check("# A\n\n# A", "<h3 id=\"a\">A</h3>\n<h3 id=\"a-2\">A</h3>");
    check("# Facts", "<h3 id=\"facts-2\">Facts</h3>");
}

#[test]
fn footnotes_are_numbered_and_lead_back() {
    let html = set("One[^b] two[^a] one[^b].\n\n[^a]: A.\n\n[^b]: B.");
    assert!(html.contains("<a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">1</a>"), "{html}");
    assert_eq!(html.matches("id=\"fnref-1\"").count(), 1, "{html}");
    assert!(html.contains("<li id=\"fn-1\"><p>B. <a href=\"#fnref-1\""), "{html}");
    assert!(html.find("B.") < html.find("A."), "{html}");
}

#[test]
fn definitions_serve_all_texts_of_a_page() {
    let definitions = "[x]: https://x.org\n\n[^n]: Note.".to_owned();
    let mut page = Typesetter::new(&Site, ContentPolicy::Safe, true, definitions, &[]);
    assert_eq!(page.body("See [x].", 2), "<p>See <a href=\"https://x.org\">x</a>.</p>\n");
    assert!(page.body("Note[^n].", 2).contains("#fn-1"));
    assert!(page.footnotes().contains("Note."));
}

#[test]
fn a_table_can_be_scrolled_and_has_no_inline_style() {
    let html = set("| a | b |\n|:--|--:|\n| 1 | 2 |\n");
    assert!(
        html.starts_with("<div class=\"table\" role=\"region\" aria-label=\"Table 1\" tabindex=\"0\">"),
        "{html}"
    );
    assert!(html.contains("<th scope=\"col\" class=\"right\">b</th>"), "{html}");
    assert!(html.contains("<td class=\"left\">1</td>"), "{html}");
    assert!(!html.contains("style="), "{html}");
}

#[test]
fn code_is_coloured_by_classes() {
    let html = set("```python\nx = 1 # <b>\n```");
    assert!(html.contains("class=\"language-python\"") && html.contains("hl-"), "{html}");
    assert!(html.contains("&lt;b&gt;"), "{html}");
    check(
        "```nonsense\n<b>\n```",
        "<pre tabindex=\"0\"><code class=\"language-nonsense\">&lt;b&gt;\n</code></pre>",
    );
}

#[test]
fn a_trusting_desk_gets_its_html() {
    let mut page = Typesetter::new(&Site, ContentPolicy::Trusted, true, String::new(), &[]);
    assert_eq!(
        page.body("<i>x</i> [a](javascript:x)", 2),
        "<p><i>x</i> <a href=\"javascript:x\">a</a></p>\n"
    );
}

#[test]
fn what_is_removed_is_listed() {
    assert_eq!(
        removed("<b>x</b> <!-- c --> [a](javascript:x) <br> [b](https://x)"),
        [
            ("raw-html", "<b>".into()),
            ("raw-html", "</b>".into()),
            ("html-comment", "<!-- c -->".into()),
            ("unsafe-link", "javascript:x".into()),
        ]
    );
}

#[test]
fn a_summary_is_whole_sentences_or_whole_words() {
    let text = "The U.S. moved first. Then **everybody** else did, slowly, and with regret about the cost of it all.";
    assert_eq!(summary(text, 40), "The U.S. moved first.");
    assert_eq!(summary(text, 60), "The U.S. moved first. Then everybody else did, slowly, and…");
    assert_eq!(summary("Short [link](x).", 60), "Short link.");
}

#[test]
fn a_headline_made_of_the_first_sentence_is_not_said_twice() {
    let text = "The U.S. moved first, as it does. Then everybody else did.";
    assert_eq!(summary_below("The U.S. moved first", text, 60), "Then everybody else did.");
    assert_eq!(summary_below("Another headline", text, 60), text);
    assert_eq!(summary_below("Only this.", "Only this.", 60), "");
}
