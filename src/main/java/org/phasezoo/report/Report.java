package org.phasezoo.report;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The report of a suite's profile: figures, their tables, and two pages with the same content.
public final class Report {
    private Report() {}

    /// The files of `results/<suite>/<profile>/` that a report consists of, by path:
    /// `figures/<id>.svg` and `.csv`, `index.html` (self-contained, no script, strict content
    /// security policy) and `report.md`.
    ///
    /// @throws IllegalArgumentException when a figure cannot be drawn as the suite asks
    public static SequencedMap<String, String> of(ReportInput input) {
        SequencedMap<String, Drawing> drawings = drawings(input);
        SequencedMap<String, String> files = new LinkedHashMap<>();
        drawings.forEach((id, drawing) -> {
            files.put("figures/" + id + ".svg", drawing.svg());
            files.put("figures/" + id + ".csv", drawing.csv());
        });
        Content content = Content.of(input, drawings);
        files.put("index.html", HtmlPage.of(content));
        files.put("report.md", MarkdownPage.of(content));
        return files;
    }

    /// The suite's figures by id, phase maps first.
    public static SequencedMap<String, Drawing> drawings(ReportInput input) {
        return new Figures(input).all();
    }
}
