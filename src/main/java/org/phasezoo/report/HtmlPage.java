package org.phasezoo.report;

import java.util.List;
import org.phasezoo.claim.Verdict;

/// The report as one self-contained page: pictures inline, one style sheet allowed by its hash, no script, no network.
final class HtmlPage {
    private static final String STYLE = """
            :root{color-scheme:light;--ink:#1b1f24;--soft:#57606a;--rule:#d5d9de;--wash:#f6f7f8;--link:#2a5291}
            *{box-sizing:border-box}
            html{-webkit-text-size-adjust:100%}
            body{margin:0;background:#fff;color:var(--ink);font:16px/1.55 Helvetica,Arial,"Liberation Sans","DejaVu Sans",sans-serif}
            main{max-width:1400px;margin:0 auto;padding:28px clamp(14px,3vw,40px) 64px}
            h1{font-size:clamp(1.35rem,3.2vw,2rem);line-height:1.2;margin:0 0 .6em;text-wrap:balance}
            h2{font-size:1.2rem;margin:2.4em 0 .7em;padding-top:.7em;border-top:1px solid var(--rule)}
            p{max-width:78ch;margin:0 0 .8em}
            a{color:var(--link)}
            .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:18px;align-items:start;grid-auto-flow:dense}
            figure{margin:0;min-width:0;border:1px solid var(--rule);border-radius:6px;background:#fff;padding:6px 8px 10px}
            figure>div{overflow-x:auto}
            figure svg{display:block;width:100%;height:auto;max-width:620px;margin:0 auto}
            figure.wide{grid-column:1/-1}
            figure.wide svg{width:auto;max-width:none}
            .lead{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:18px 32px;align-items:start}
            .lead p:last-child{margin-bottom:0}
            .tally{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 1.2em;padding:0;list-style:none}
            figcaption{font-size:.86rem;color:var(--soft);padding:6px 6px 0;max-width:80ch}
            .scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:6px}
            table{border-collapse:collapse;width:100%;font-size:.88rem;line-height:1.42}
            th,td{text-align:left;vertical-align:top;padding:9px 11px;border-bottom:1px solid var(--rule)}
            th{background:var(--wash);font-weight:600;white-space:nowrap}
            tr:last-child td{border-bottom:0}
            td small{display:block;color:var(--soft);font-size:.8rem;margin-top:2px;overflow-wrap:break-word}
            td.statement{min-width:250px}td.text{min-width:180px}td.number{min-width:125px;font-variant-numeric:tabular-nums}
            .verdict{display:inline-block;padding:2px 9px;border-radius:11px;font-weight:600;white-space:nowrap}
            .holds{background:#dcefe4;color:#134f2c}.fails{background:#f8dedb;color:#7a1f17}
            .undecided{background:#fbf0cf;color:#614700}.none{background:#e8eaed;color:#3c434b}
            code,pre,.digest{font-family:"SFMono-Regular",Consolas,"Liberation Mono","DejaVu Sans Mono",monospace;font-size:.83rem}
            .digest{overflow-wrap:anywhere;min-width:180px}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.35em 1.2em;margin:0 0 1.2em}
            dt{color:var(--soft)}dd{margin:0;min-width:0;overflow-wrap:anywhere}
            pre{overflow-x:auto;background:var(--wash);border:1px solid var(--rule);border-radius:6px;padding:12px 14px;margin:0}
            footer{margin-top:3em;color:var(--soft);font-size:.85rem}
            @media (max-width:640px){
            dl{grid-template-columns:1fr}dd{margin-bottom:.5em}
            thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
            table,tbody,tr,td{display:block}
            td,td.statement,td.text,td.number,.digest{min-width:0;border:0;padding:4px 12px}
            td::before{content:attr(data-label);display:block;color:var(--soft);font-size:.76rem}
            tr{padding:8px 0;border-bottom:1px solid var(--rule)}tr:last-child{border-bottom:0}}
            @media print{main{max-width:none;padding:0}figure,tr{break-inside:avoid}}
            """;

    private final StringBuilder out = new StringBuilder();
    private final Content content;
    private List<String> labels = List.of();
    private int column;

    private HtmlPage(Content content) {
        this.content = content;
    }

    static String of(Content content) {
        return new HtmlPage(content).page();
    }

    private static String e(String text) {
        return Format.escape(text);
    }

    private String page() {
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append(ContentPolicy.allowing(STYLE));
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<title>").append(e(content.title())).append("</title>\n<style>").append(STYLE).append("</style>\n</head>\n<body>\n<main>\n");
        out.append("<h1>").append(e(content.title())).append("</h1>\n<p>").append(e(content.summary())).append("</p>\n");
        out.append("<div class=\"lead\">\n");
        content.leading().forEach(this::figure);
        out.append("<div>\n");
        tally();
        content.phases().forEach(p -> out.append("<p>").append(e(p)).append("</p>\n"));
        out.append(content.controls().isEmpty() ? "" : "<p>" + e(content.controls()) + "</p>\n").append("</div>\n</div>\n");
        claims();
        figures(content.following());
        departures();
        provenance();
        References references = content.references();
        if (!references.bibtex().isEmpty() || !references.missing().isEmpty()) {
            out.append("<h2>References</h2>\n");
            out.append(references.missing().isEmpty() ? "" : "<p>" + e(references.complaint()) + "</p>\n");
            out.append(references.bibtex().isEmpty() ? "" : "<pre tabindex=\"0\">" + e(references.bibtex()) + "</pre>\n");
        }
        out.append("<footer>Every number on this page is computed; the same settings give the same bytes. "
                + "Clock, host and JDK of the run stand in run.json alone.</footer>\n");
        return out.append("</main>\n</body>\n</html>\n").toString();
    }

    /// How many claims have each verdict.
    private void tally() {
        if (content.claims().isEmpty()) {
            return;
        }
        out.append("<ul class=\"tally\">");
        for (Verdict.Outcome outcome : Verdict.Outcome.values()) {
            long n = content.claims().stream().filter(c -> c.tone() == outcome).count();
            out.append("<li class=\"verdict ").append(tone(outcome)).append("\">").append(n).append(' ').append(plural(outcome)).append("</li>");
        }
        out.append("</ul>\n");
    }

    private static String plural(Verdict.Outcome outcome) {
        return switch (outcome) {
            case HOLDS -> "hold";
            case FAILS -> "fail";
            case UNDECIDED, NOT_EVALUATED -> outcome.text();
        };
    }

    private void figure(Content.Shown shown) {
        out.append("<figure id=\"").append(e(shown.id())).append('"');
        out.append(shown.drawing().wide() ? " class=\"wide\"" : "").append(">\n<div>\n");
        out.append(shown.drawing().svg()).append("</div>\n<figcaption>").append(e(shown.caption()));
        out.append(shown.caption().isEmpty() ? "" : " ").append("<a href=\"figures/").append(e(shown.id())).append(".csv\">table</a> · <a href=\"figures/");
        out.append(e(shown.id())).append(".svg\">picture</a></figcaption>\n</figure>\n");
    }

    private void figures(List<Content.Shown> shown) {
        if (!shown.isEmpty()) {
            out.append("<h2>Figures</h2>\n<div class=\"figures\">\n");
            shown.forEach(this::figure);
            out.append("</div>\n");
        }
    }

    private void table(List<String> header) {
        labels = List.copyOf(header);
        out.append("<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead><tr>");
        header.forEach(h -> out.append("<th scope=\"col\">").append(e(h)).append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
    }

    private void row(String id) {
        column = 0;
        out.append(id.isEmpty() ? "<tr>" : "<tr id=\"" + e(id) + "\">");
    }

    private void open(String style) {
        out.append("<td data-label=\"").append(e(labels.get(column++))).append('"');
        out.append(style.isEmpty() ? "" : " class=\"" + style + "\"").append('>');
    }

    private void cell(String style, String text, String small) {
        open(style);
        out.append(e(text));
        out.append(small.isEmpty() ? "" : "<small>" + e(small) + "</small>").append("</td>");
    }

    private static String tone(Verdict.Outcome outcome) {
        return switch (outcome) {
            case HOLDS -> "holds";
            case FAILS -> "fails";
            case UNDECIDED -> "undecided";
            case NOT_EVALUATED -> "none";
        };
    }

    private void claims() {
        out.append("<h2>Claims</h2>\n");
        if (content.claims().isEmpty()) {
            out.append("<p>This suite judges no claims.</p>\n");
            return;
        }
        table(List.of("Claim", "Published", "Here [95 %]", "Verdict", "Why", "Scope", "Published data, our judge"));
        for (Content.Judged c : content.claims()) {
            row("claim-" + c.id());
            cell("statement", c.statement(), c.where());
            cell("text", c.published(), c.known());
            cell("number", c.here(), "");
            open("");
            out.append("<span class=\"verdict ").append(tone(c.tone())).append("\">").append(e(c.words())).append("</span></td>");
            cell("text", c.why(), "");
            cell("", c.scope(), c.status());
            cell("number", c.positive().isEmpty() ? "–" : c.positive(), "");
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n</div>\n");
    }

    private void departures() {
        if (content.departures().isEmpty()) {
            return;
        }
        out.append("<h2>Departures from the paper</h2>\n");
        table(List.of("What", "Paper", "Here", "Why"));
        for (Content.Departed d : content.departures()) {
            row("");
            cell("", d.what(), "");
            cell("", d.paper(), "");
            cell("", d.here(), "");
            cell("statement", d.why(), "");
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n</div>\n");
    }

    private void provenance() {
        out.append("<h2>Provenance</h2>\n<dl>\n");
        content.provenance().forEach((name, fact) -> out.append("<dt>").append(e(name)).append("</dt><dd>").append(e(fact)).append("</dd>\n"));
        out.append("</dl>\n");
        table(List.of("Population", "Members", "Op revisions", "Manifest (SHA-256)", "Measures (SHA-256)"));
        for (Content.Source s : content.sources()) {
            row("");
            cell("", s.population(), "");
            cell("", Integer.toString(s.members()), "");
            cell("text", s.revisions(), "");
            cell("digest", s.manifest(), "");
            cell("digest", s.measures(), "");
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n</div>\n");
    }
}
