//! The page as one HTML file that asks for nothing: no network, no script, light and dark by the
//! reader's own choice, fit for a phone, for paper and for a screen reader.

use super::chart;
use super::page::{Aim, Bet, Page, goal, newest};
use crate::insight::outcome::{Metric, Standing};
use std::fmt::Write as _;

const STYLE: &str = include_str!("page.css");

/// The page as HTML.
pub(super) fn write(page: &Page) -> String {
    let mut body = String::new();
    head(page, &mut body);
    body.push_str("<main>\n");
    lanes(page, &mut body);
    outcomes(page, &mut body);
    list(&mut body, "dates", "Dates", &page.dates);
    list(&mut body, "means", "People and budget", &page.means);
    news(page, &mut body);
    body.push_str("</main>\n");
    let title = escape(&page.product);
    // The policy has the browser itself refuse whatever a page could ask for.
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{title} · Roadmap</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{body}<footer><p>As of {}</p></footer>\n\
         </body>\n</html>\n",
        page.on
    )
}

/// Text as HTML, in an attribute too.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in super::line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn head(page: &Page, html: &mut String) {
    let _ = writeln!(html, "<header>\n<p class=\"kind\">Roadmap</p>");
    let _ = writeln!(html, "<h1>{}</h1>", escape(&page.product));
    if !page.vision.is_empty() {
        let _ = writeln!(html, "<p class=\"vision\">{}</p>", escape(&page.vision));
    }
    if !page.strategy.is_empty() {
        let _ = writeln!(html, "<p class=\"quiet\">{}</p>", escape(&page.strategy));
    }
    html.push_str("</header>\n");
}

fn lanes(page: &Page, html: &mut String) {
    html.push_str("<section aria-labelledby=\"roadmap\">\n<h2 id=\"roadmap\">Where it goes</h2>\n");
    html.push_str("<div class=\"lanes\">\n");
    for (title, bets) in &page.lanes {
        let _ = writeln!(html, "<section class=\"lane\">\n<h3>{title}</h3>");
        if bets.is_empty() {
            html.push_str("<p class=\"quiet\">Nothing yet.</p>\n");
        } else {
            html.push_str("<ul>\n");
            bets.iter().for_each(|it| bet(it, html));
            html.push_str("</ul>\n");
        }
        html.push_str("</section>\n");
    }
    html.push_str("</div>\n</section>\n");
}

fn bet(bet: &Bet, html: &mut String) {
    let _ = write!(html, "<li><strong>{}</strong>", escape(&bet.title));
    let facts: Vec<String> = [&bet.serves, &bet.when, &bet.score]
        .into_iter()
        .filter(|fact| !fact.is_empty())
        .map(|fact| format!("<span>{}</span>", escape(fact)))
        .collect();
    if !facts.is_empty() {
        let _ = write!(html, "<p class=\"facts\">{}</p>", facts.join(" "));
    }
    if !bet.notes.is_empty() {
        let _ = write!(html, "<p class=\"quiet\">{}</p>", escape(&bet.notes));
    }
    if let Some(done) = bet.done.filter(|done| *done > 0.0) {
        let percent = (done * 100.0).round();
        let _ = write!(
            html,
            "<p class=\"done\"><progress max=\"100\" value=\"{percent}\" aria-label=\"done\">\
             </progress> {percent} % done</p>"
        );
    }
    html.push_str("</li>\n");
}

fn outcomes(page: &Page, html: &mut String) {
    if page.outcomes.is_empty() {
        return;
    }
    html.push_str("<section aria-labelledby=\"outcomes\">\n<h2 id=\"outcomes\">What it is to reach</h2>\n<div class=\"aims\">\n");
    for Aim { title, metrics } in &page.outcomes {
        let _ = writeln!(html, "<section class=\"aim\">\n<h3>{}</h3>", escape(title));
        let inside = page.audience.metrics;
        metrics.iter().for_each(|(it, standing)| metric(it, standing, inside, html));
        html.push_str("</section>\n");
    }
    html.push_str("</div>\n</section>\n");
}

/// Whether it is on track is told to those `inside`.
fn metric(metric: &Metric, standing: &Standing, inside: bool, html: &mut String) {
    let unit = escape(&metric.unit);
    let newest = newest(metric);
    let _ = writeln!(html, "<figure>\n<figcaption>{}</figcaption>", escape(&metric.name));
    let _ = write!(html, "<p class=\"reading\"><b>{newest}</b> {unit}");
    let _ = writeln!(html, " <span class=\"quiet\">{}</span></p>", goal(metric));
    html.push_str(&chart::write(metric));
    let key = standing.key();
    let words = escape(&standing.words());
    if inside {
        let _ = writeln!(html, "<p class=\"state {key}\">{words}</p>");
    }
    html.push_str("</figure>\n");
}

fn list(html: &mut String, id: &str, title: &str, all: &[(String, String)]) {
    if all.is_empty() {
        return;
    }
    let _ =
        writeln!(html, "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n<dl>");
    for (what, when) in all {
        // Money and people stand under their quarter, dates before what goes out then.
        let (term, told) = if id == "dates" { (when, what) } else { (what, when) };
        let _ = writeln!(html, "<div><dt>{}</dt><dd>{}</dd></div>", escape(term), escape(told));
    }
    html.push_str("</dl>\n</section>\n");
}

fn news(page: &Page, html: &mut String) {
    let _ = writeln!(
        html,
        "<section aria-labelledby=\"news\">\n<h2 id=\"news\">What changed <span class=\"quiet\">since \
         {}</span></h2>",
        escape(&page.since)
    );
    if page.news.is_empty() {
        html.push_str("<p class=\"quiet\">Nothing that belongs here.</p>\n");
    }
    html.push_str("<div class=\"news\">\n");
    for (heading, lines) in &page.news {
        let _ = writeln!(html, "<section>\n<h3>{heading}</h3>\n<ul>");
        for line in lines {
            let _ = writeln!(html, "<li>{}</li>", escape(line));
        }
        html.push_str("</ul>\n</section>\n");
    }
    html.push_str("</div>\n</section>\n");
}
