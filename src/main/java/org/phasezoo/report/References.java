package org.phasezoo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The entries of a suite's `papers.bib` that its report cites: those of the metrics that it measured, and the suite's own
/// (its papers, baselines and data), which are all that no metric of phasezoo names.
///
/// @param bibtex the entries, in the file's order
/// @param missing what is cited and has no entry
record References(String bibtex, List<String> missing) {
    /// What each metric rests on: a pattern of definition ids, then BibTeX keys.
    private static final List<Cited> METRICS = List.of(
            new Cited("hessian\\..*", "yao2020pyhessian"),
            new Cited("mode-connectivity\\..*", "garipov2018loss"),
            new Cited("cka\\..*", "kornblith2019similarity"),
            new Cited("(cka|mode-connectivity)\\..*taxonomy.*", "yang2021taxonomizing"));
    private static final Pattern HEAD = Pattern.compile("(?m)^@\\w+\\s*\\{\\s*([^,\\s]+)\\s*,");

    private record Cited(String definitions, String key) {}

    References {
        missing = List.copyOf(missing);
    }

    /// @param papers numbers of the suite's papers
    /// @param definitions that the suite measures
    static References of(String bibtex, List<String> papers, List<String> definitions) {
        TreeSet<String> metrics = new TreeSet<>();
        TreeSet<String> used = new TreeSet<>();
        for (Cited cited : METRICS) {
            metrics.add(cited.key());
            if (definitions.stream().anyMatch(definition -> definition.matches(cited.definitions()))) {
                used.add(cited.key());
            }
        }
        SequencedMap<String, String> entries = entries(bibtex);
        List<String> shown = new ArrayList<>();
        boolean own = false;
        for (var entry : entries.entrySet()) {
            boolean ofMetric = metrics.contains(entry.getKey());
            own |= !ofMetric;
            if (!ofMetric || used.contains(entry.getKey())) {
                shown.add(entry.getValue());
            }
        }
        List<String> missing = new ArrayList<>();
        if (!own && !papers.isEmpty()) {
            missing.add("paper " + String.join(", ", papers));
        }
        used.stream().filter(key -> !entries.containsKey(key)).forEach(missing::add);
        return new References(String.join("\n\n", shown), missing);
    }

    /// The entries by key; text between entries is left out.
    private static SequencedMap<String, String> entries(String bibtex) {
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        Matcher head = HEAD.matcher(bibtex);
        while (head.find()) {
            int depth = 0;
            int end = head.start();
            do {
                end = next(bibtex, end);
                depth += end <= bibtex.length() && bibtex.charAt(end - 1) == '{' ? 1 : -1;
            } while (depth > 0 && end < bibtex.length());
            entries.put(head.group(1), bibtex.substring(head.start(), end));
        }
        return entries;
    }

    /// The place after the next brace.
    private static int next(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '{' || text.charAt(i) == '}') {
                return i + 1;
            }
        }
        return text.length();
    }

    /// What the report says of entries that are missing; empty when none is.
    String complaint() {
        return missing.isEmpty() ? "" : "papers.bib has no entry for " + String.join(", ", missing) + ".";
    }
}
