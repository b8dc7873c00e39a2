package org.phasezoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.phasezoo.document.Digest;
import org.phasezoo.document.Json;
import org.phasezoo.report.ContentPolicy;
import org.phasezoo.suite.Plan;
import org.phasezoo.suite.Profile;
import org.phasezoo.zoo.Csv;

/// Every paper there is to regenerate, and how far each is: a function of `suites/papers.csv`, the suites, their
/// `released/` files and the results of released profiles, all of which are in git.
final class Catalogue {
    static final String BEGIN = "<!-- catalogue: written by `phasezoo list --write` -->";
    static final String END = "<!-- end of catalogue -->";
    private static final int CORES = 2;

    private final Home home;
    private final List<Paper> papers;
    private final List<Entry> entries;

    /// A paper of `papers.csv`.
    record Paper(String number, String slug, String title, String family) {}

    /// A suite as it stands.
    record Entry(SuiteFolder folder, List<Size> sizes) {}

    /// A profile of a suite.
    ///
    /// @param released its `released/` document; missing when it is not released
    /// @param verdicts counts by verdict; empty when it is not released
    record Size(Profile profile, Estimate estimate, JsonNode released, SequencedMap<String, Integer> verdicts) {
        /// `2 hold, 1 undecided`.
        String words() {
            List<String> parts = new ArrayList<>();
            verdicts.forEach((verdict, count) -> {
                if (count > 0) {
                    parts.add(count + " " + verdict);
                }
            });
            return released.isMissingNode() ? "not released yet" : parts.isEmpty() ? "no verdicts" : String.join(", ", parts);
        }

        String time() {
            return Progress.duration(estimate.coreHours() * 3600 / CORES);
        }
    }

    private Catalogue(Home home, List<Paper> papers, List<Entry> entries) {
        this.home = home;
        this.papers = papers;
        this.entries = entries;
    }

    static Catalogue read(Home home) throws IOException {
        List<Paper> papers = new ArrayList<>();
        Path table = home.suites().resolve("papers.csv");
        if (Files.isRegularFile(table)) {
            for (List<String> row : Csv.read(table).rows()) {
                papers.add(new Paper(row.get(0), row.get(1), row.get(2), row.get(3)));
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (Path folder : SuiteFolder.all(home)) {
            SuiteFolder suite = SuiteFolder.read(home, folder);
            List<Size> sizes = new ArrayList<>();
            for (Profile profile : suite.suite().profiles().values()) {
                if (!profile.name().equals("pilot")) {
                    sizes.add(size(home, suite, profile));
                }
            }
            entries.add(new Entry(suite, sizes));
        }
        return new Catalogue(home, List.copyOf(papers), List.copyOf(entries));
    }

    private static Size size(Home home, SuiteFolder folder, Profile profile) throws IOException {
        Path released = folder.folder().resolve("released").resolve(profile.name() + ".json");
        JsonNode document = JsonNodeFactory.instance.missingNode();
        SequencedMap<String, Integer> verdicts = new LinkedHashMap<>();
        Path judged = home.project()
                .resolve("results").resolve(folder.suite().name()).resolve(profile.name()).resolve("verdicts.json");
        if (Files.isRegularFile(released)) {
            document = Json.parse(released.toString(), Files.readAllBytes(released));
            List.of("holds", "fails", "undecided", "not evaluated").forEach(verdict -> verdicts.put(verdict, 0));
            if (Files.isRegularFile(judged)) {
                for (JsonNode claim : Json.parse(judged.toString(), Files.readAllBytes(judged)).path("claims")) {
                    verdicts.merge(claim.path("verdict").asText(), 1, Integer::sum);
                }
            }
        }
        return new Size(profile, Estimate.of(Plan.of(folder.suite(), profile), CORES), document, verdicts);
    }

    /// The suites that regenerate a paper.
    private List<Entry> of(Paper paper) {
        return entries.stream().filter(e -> e.folder().suite().papers().contains(paper.number())).toList();
    }

    /// The files that say all this, by path inside the project, with what they should hold.
    SequencedMap<String, String> files() throws IOException {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("suites/README.md", readme(Files.readString(home.suites().resolve("README.md"))));
        files.put("results/index.html", page());
        files.put("zoo/catalogue.md", populations());
        return files;
    }

    private String readme(String now) {
        int begin = now.indexOf(BEGIN);
        int end = now.indexOf(END);
        String before = begin < 0 ? now.stripTrailing() + "\n\n" : now.substring(0, begin);
        String after = begin < 0 || end < begin ? "\n" : now.substring(end + END.length());
        StringBuilder out = new StringBuilder(before).append(BEGIN).append("\n## The papers\n\n").append(summary());
        out.append("\n\n| no. | paper | family | suite | scope | verdicts | time on 2 cores |\n");
        out.append("| --- | --- | --- | --- | --- | --- | --- |\n");
        for (Paper paper : papers) {
            String head = "| " + paper.number() + " | " + paper.slug() + ": " + paper.title() + " | " + paper.family() + " | ";
            if (of(paper).isEmpty()) {
                out.append(head).append("not yet | | | |\n");
            }
            for (Entry entry : of(paper)) {
                String name = entry.folder().suite().name();
                out.append(head).append('[').append(name).append("](").append(name).append("/) | ");
                out.append(cells(entry, s -> s.profile().scope().word(), "<br>")).append(" | ");
                out.append(cells(entry, Size::words, "<br>")).append(" | ");
                out.append(cells(entry, Size::time, "<br>")).append(" |\n");
            }
        }
        return out.append(END).append(after).toString();
    }

    private interface Says {
        String of(Size size);
    }

    private static String cells(Entry entry, Says says, String between) {
        List<String> parts = new ArrayList<>();
        entry.sizes().forEach(size -> parts.add(size.profile().name() + ": " + says.of(size)));
        return String.join(between, parts);
    }

    private String summary() {
        long done = papers.stream().filter(paper -> !of(paper).isEmpty()).count();
        return done + " of " + papers.size() + " papers have a suite. Times are what `phasezoo plan` says for 2 cores; verdicts "
                + "are those of released profiles.";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private String page() {
        String style = "body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1300px;padding:20px 16px;color:#1b1f24}"
                + "table{border-collapse:collapse;width:100%;font-size:.88rem}th,td{text-align:left;vertical-align:top;"
                + "padding:7px 9px;border-bottom:1px solid #d5d9de}th{background:#f2f4f6}.none{color:#6a737d}a{color:#1f4e8c}"
                + "@media (max-width:640px){thead{display:none}table,tbody,tr,td{display:block}td{border:0;padding:2px 4px}"
                + "tr{padding:8px 0;border-bottom:1px solid #d5d9de}td:empty{display:none}}";
        StringBuilder out = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append(ContentPolicy.allowing(style));
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>phasezoo: results</title>\n");
        out.append("<style>").append(style).append("</style>\n</head>\n<body>\n<h1>Results by paper</h1>\n<p>");
        out.append(escape(summary().replace("`", ""))).append("</p>\n<table>\n<thead><tr><th>no.</th><th>paper</th><th>family</th>");
        out.append("<th>suite</th><th>scope</th><th>verdicts</th><th>time on 2 cores</th></tr></thead>\n<tbody>\n");
        for (Paper paper : papers) {
            String head = "<tr><td>" + paper.number() + "</td><td>" + escape(paper.title()) + "</td><td>"
                    + escape(paper.family()) + "</td><td";
            if (of(paper).isEmpty()) {
                out.append(head).append(" class=\"none\">not yet</td><td></td><td></td><td></td></tr>\n");
            }
            for (Entry entry : of(paper)) {
                String name = entry.folder().suite().name();
                List<String> links = new ArrayList<>();
                for (Size size : entry.sizes()) {
                    if (!size.released().isMissingNode()) {
                        String profile = size.profile().name();
                        links.add("<a href=\"" + name + "/" + profile + "/index.html\">" + profile + "</a>");
                    }
                }
                out.append(head).append('>').append(name).append(links.isEmpty() ? "" : "<br>" + String.join(" · ", links));
                out.append("</td><td>").append(cells(entry, s -> s.profile().scope().word(), "<br>")).append("</td><td>");
                out.append(cells(entry, Size::words, "<br>")).append("</td><td>");
                out.append(cells(entry, Size::time, "<br>")).append("</td></tr>\n");
            }
        }
        return out.append("</tbody>\n</table>\n</body>\n</html>\n").toString();
    }

    private String populations() {
        StringBuilder out = new StringBuilder("# Released populations\n\nWritten by `phasezoo list --write`. The digest is SHA-256 over ");
        out.append("the canonical JSON of the population's files and their SHA-256, as `suites/<suite>/released/<profile>.json` has them; ");
        out.append("the command makes the files and compares them.\n\n");
        out.append("| population | members | bytes | digest | made by |\n| --- | --- | --- | --- | --- |\n");
        for (Entry entry : entries) {
            for (Size size : entry.sizes()) {
                String suite = entry.folder().suite().name();
                String profile = size.profile().name();
                size.released().path("populations").properties().forEach(population -> {
                    JsonNode bytes = population.getValue().path("bytes");
                    JsonNode members = population.getValue().path("members");
                    out.append(String.format(
                            Locale.ROOT, "| %s/%s/%s | %s | %s | `%s` | `./phasezoo run %s --profile %s` |\n",
                            suite, profile, population.getKey(), members.isMissingNode() ? "–" : members.asText(),
                            bytes.isMissingNode() ? "–" : bytes.asText(),
                            Digest.of(Json.canonical(population.getValue().path("files"))), suite, profile));
                });
            }
        }
        return out.toString();
    }

    /// `{suites, papers}` as `list --json` gives it.
    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("schema", "phasezoo.list.v1");
        ArrayNode suites = root.putArray("suites");
        for (Entry entry : entries) {
            var suite = entry.folder().suite();
            ObjectNode one = suites.addObject().put("id", suite.name()).put("title", suite.title());
            suite.papers().forEach(one.putArray("papers")::add);
            suite.profiles().sequencedKeySet().forEach(one.putArray("profiles")::add);
            ArrayNode sizes = one.putArray("sizes");
            for (Size size : entry.sizes()) {
                ObjectNode about = sizes.addObject().put("profile", size.profile().name());
                about.put("scope", size.profile().scope().word()).put("coreHours", size.estimate().coreHours());
                about.put("members", size.estimate().members()).put("released", !size.released().isMissingNode());
                ObjectNode verdicts = about.putObject("verdicts");
                size.verdicts().forEach((verdict, n) -> verdicts.put(verdict.equals("not evaluated") ? "notEvaluated" : verdict, n));
            }
        }
        ArrayNode all = root.putArray("papers");
        for (Paper paper : papers) {
            ObjectNode one = all.addObject().put("number", paper.number()).put("slug", paper.slug());
            one.put("title", paper.title()).put("family", paper.family());
            of(paper).forEach(entry -> one.withArray("suites").add(entry.folder().suite().name()));
        }
        return root;
    }

    /// What `list` prints.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Entry entry : entries) {
            var suite = entry.folder().suite();
            lines.add(suite.name() + ": " + suite.title() + " (papers " + String.join(", ", suite.papers()) + ")");
            for (Size size : entry.sizes()) {
                lines.add(String.format(
                        Locale.ROOT, "    %-10s %-8s %5d members, about %s on %d cores; %s",
                        size.profile().name(), size.profile().scope().word(), size.estimate().members(), size.time(), CORES,
                        size.words()));
            }
        }
        lines.add("");
        lines.add(summary().replace("`", ""));
        for (Paper paper : papers) {
            List<String> suites = of(paper).stream().map(e -> e.folder().suite().name()).toList();
            lines.add(String.format(
                    Locale.ROOT, "  %s %-30s %-30s %s",
                    paper.number(), paper.slug(), paper.family(), suites.isEmpty() ? "not yet" : String.join(", ", suites)));
        }
        return lines;
    }
}
