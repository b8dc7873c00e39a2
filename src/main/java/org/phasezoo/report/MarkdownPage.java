package org.phasezoo.report;

import java.util.List;

/// The report as Markdown for a code host: the same content, the pictures linked.
final class MarkdownPage {
    private final StringBuilder out = new StringBuilder();
    private final Content content;

    private MarkdownPage(Content content) {
        this.content = content;
    }

    static String of(Content content) {
        return new MarkdownPage(content).page();
    }

    /// Text that Markdown and the HTML in it leave as it is.
    static String plain(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.replace("\r", "").replace('\n', ' ').toCharArray()) {
            switch (c) {
                case '\\', '`', '*', '_', '[', ']', '|', '#', '~', '$' -> out.append('\\').append(c);
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    private String page() {
        out.append("# ").append(plain(content.title())).append("\n\n").append(plain(content.summary())).append("\n\n");
        content.phases().forEach(p -> out.append(plain(p)).append("\n\n"));
        content.leading().forEach(this::figure);
        claims();
        if (!content.following().isEmpty()) {
            out.append("## Figures\n\n");
            content.following().forEach(this::figure);
        }
        if (!content.departures().isEmpty()) {
            out.append("## Departures from the paper\n\n");
            header("What", "Paper", "Here", "Why");
            content.departures().forEach(d -> row(List.of(d.what(), d.paper(), d.here(), d.why())));
            out.append('\n');
        }
        out.append("## Provenance\n\n");
        content.provenance().forEach((name, fact) -> out.append("- ").append(plain(name)).append(": ").append(plain(fact)).append('\n'));
        out.append('\n');
        header("Population", "Members", "Op revisions", "Manifest (SHA-256)", "Measures (SHA-256)");
        content.sources().forEach(s -> row(List.of(
                s.population(), Integer.toString(s.members()), s.revisions(), s.manifest(), s.measures())));
        References references = content.references();
        if (!references.bibtex().isEmpty() || !references.missing().isEmpty()) {
            out.append("\n## References\n\n");
            out.append(references.missing().isEmpty() ? "" : plain(references.complaint()) + "\n\n");
        }
        if (!references.bibtex().isEmpty()) {
            String fence = "`".repeat(Math.max(3, longestRun(references.bibtex()) + 1));
            out.append(fence).append("bibtex\n").append(references.bibtex()).append('\n').append(fence).append('\n');
        }
        return out.toString();
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (char c : text.toCharArray()) {
            run = c == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private void figure(Content.Shown shown) {
        out.append("![").append(plain(shown.drawing().title())).append("](figures/").append(shown.id()).append(".svg)\n\n");
        out.append(shown.caption().isEmpty() ? "" : plain(shown.caption()) + " ");
        out.append("[Table](figures/").append(shown.id()).append(".csv)\n\n");
    }

    private void header(String... names) {
        row(List.of(names));
        out.append("|").append(" --- |".repeat(names.length)).append('\n');
    }

    private void row(List<String> cells) {
        out.append('|');
        cells.forEach(cell -> out.append(' ').append(plain(cell)).append(" |"));
        out.append('\n');
    }

    private void claims() {
        out.append("## Claims\n\n");
        if (content.claims().isEmpty()) {
            out.append("This suite judges no claims.\n\n");
            return;
        }
        header("Claim", "Published", "How known", "Here [95 %]", "Verdict", "Why", "Scope", "Kind", "Published data, our judge");
        for (Content.Judged c : content.claims()) {
            row(List.of(
                    c.statement() + " (" + c.where() + ")", c.published(), c.known(), c.here(), c.words(), c.why(), c.scope(),
                    c.status(), c.positive().isEmpty() ? "–" : c.positive()));
        }
        out.append('\n');
        if (!content.controls().isEmpty()) {
            out.append(plain(content.controls())).append("\n\n");
        }
    }
}
