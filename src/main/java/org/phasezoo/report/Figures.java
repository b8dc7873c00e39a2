package org.phasezoo.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.phasezoo.claim.PhaseMap;
import org.phasezoo.claim.PhaseRule;
import org.phasezoo.suite.CurveRow;
import org.phasezoo.suite.Figure;
import org.phasezoo.suite.Population;
import org.phasezoo.suite.SeriesRow;

/// Draws the figures that a suite asks for from what was stored and judged.
final class Figures {
    private final ReportInput input;

    Figures(ReportInput input) {
        this.input = input;
    }

    /// The drawings by id, phase maps first.
    SequencedMap<String, Drawing> all() {
        SequencedMap<String, Drawing> drawings = new LinkedHashMap<>();
        for (boolean phases : List.of(true, false)) {
            for (Figure figure : input.suite().figures()) {
                if (figure.kind() == Figure.Kind.PHASE_MAP == phases) {
                    Drawing drawing = draw(figure);
                    drawings.put(figure.id(), drawing);
                    published(figure, drawing)
                            .ifPresent(p -> drawings.put(figure.id() + "-published", p));
                }
            }
        }
        return drawings;
    }

    /// The published map beside ours.
    private Optional<Drawing> published(Figure figure, Drawing ours) {
        if (figure.published().isEmpty() || !(ours instanceof HeatMap map)) {
            return Optional.empty();
        }
        PublishedMap published = PublishedMap.parse(figure.published().get());
        String csv = input.baselines().getOrDefault(published.file(), "");
        return published.drawn() && !csv.isEmpty()
                ? Optional.of(published.draw(csv, map))
                : Optional.empty();
    }

    private Population population(Figure figure) {
        SequencedMap<String, Population> populations = input.profile().populations();
        Population population =
                populations.get(figure.population().orElse(populations.firstEntry().getKey()));
        if (population == null) {
            throw new IllegalArgumentException(
                    "figure " + figure.id() + " names no population of " + populations.keySet());
        }
        return population;
    }

    Drawing draw(Figure figure) {
        Population population = population(figure);
        ReportInput.Stored stored = input.stored(population.name());
        Quantity quantity = Quantity.of(figure.definition(), population);
        boolean axis =
                figure.x().isPresent()
                        && population.axes().stream()
                                .anyMatch(a -> a.name().equals(figure.x().get()));
        Grid grid = Grid.of(population, axis ? figure.x() : Optional.empty());
        CellValues values =
                new CellValues(grid, stored.rows(), figure.definition(), figure.checkpoint());
        return switch (figure.kind()) {
            case PHASE_MAP, MAP -> map(figure, population, grid, quantity, values);
            case LINES -> lines(figure, grid, quantity, values);
            case SERIES -> series(figure, grid, quantity, stored);
            case CURVES ->
                    curves(figure, grid, Quantity.ofCurve(figure.definition(), population), stored);
            case SCATTER -> scatter(figure, population, grid, quantity, values);
        };
    }

    private static String title(Figure figure, String otherwise) {
        char first = otherwise.charAt(0);
        String name =
                first >= 'a' && first <= 'z' && !otherwise.contains(".v")
                        ? (char) (first - 32) + otherwise.substring(1)
                        : otherwise;
        return figure.title().orElse(name);
    }

    private static String note(String... parts) {
        return String.join(" ", java.util.Arrays.stream(parts).filter(p -> !p.isEmpty()).toList());
    }

    /// The phase map of a population, when a rule of the suite gives one.
    private Optional<PhaseMap> phases(String population) {
        return input.phases().stream()
                .filter(m -> m.rule().population().equals(population))
                .findFirst();
    }

    private HeatMap map(
            Figure figure, Population population, Grid grid, Quantity quantity, CellValues values) {
        HeatMap.Colouring colouring =
                switch (figure.scale().orElse(Figure.Scale.LINEAR)) {
                    case LINEAR -> HeatMap.Colouring.SEQUENTIAL;
                    case LOG -> HeatMap.Colouring.LOGARITHMIC;
                    case DIVERGING -> HeatMap.Colouring.DIVERGING;
                };
        Optional<PhaseMap> phases =
                figure.kind() == Figure.Kind.PHASE_MAP
                        ? phases(population.name())
                        : Optional.empty();
        String root =
                colouring == HeatMap.Colouring.DIVERGING
                        ? "Colour follows the signed square root."
                        : "";
        String rule = phases.map(m -> legend(m.rule())).orElse("");
        String what = phases.isPresent() ? "phases over " + quantity.name() : quantity.name();
        return new HeatMap(
                title(figure, what),
                quantity.label(),
                grid.across().name(),
                grid.columns(),
                grid.upName(),
                grid.rows(),
                values.table(),
                colouring,
                phases.map(m -> labels(m, grid)).orElse(List.of()),
                note(values.counted(), grid.note(), root, rule));
    }

    private static String legend(PhaseRule rule) {
        String basis = rule.cut().basis() == PhaseRule.Cut.Basis.CHOSEN ? "chosen" : "calibrated";
        return "Black lines: phase borders. Hatched: the label's probability under seed and sampling error is below .8. "
                + "IV-A and IV-B are cut at a similarity of "
                + Format.exact(rule.cut().value())
                + " ("
                + basis
                + ").";
    }

    private static List<List<HeatMap.Phase>> labels(PhaseMap map, Grid grid) {
        SequencedMap<String, HeatMap.Phase> found = new LinkedHashMap<>();
        for (PhaseMap.Labelled cell : map.cells()) {
            if (grid.shows(cell.axes())) {
                found.put(
                        grid.column(cell.axes()) + ";" + grid.row(cell.axes()),
                        new HeatMap.Phase(cell.phase(), cell.probability()));
            }
        }
        HeatMap.Phase none = new HeatMap.Phase("", Double.NaN);
        return grid.rows().stream()
                .map(r ->
                        grid.columns().stream()
                                .map(c -> found.getOrDefault(c + ";" + r, none))
                                .toList())
                .toList();
    }

    private static Lines.Spacing spacing(Figure figure, Lines.Spacing otherwise) {
        return figure.scale()
                .map(scale ->
                        switch (scale) {
                            case LINEAR -> Lines.Spacing.LINEAR;
                            case LOG -> Lines.Spacing.LOG;
                            case DIVERGING -> Lines.Spacing.SQUARE_ROOT;
                        })
                .orElse(otherwise);
    }

    /// Logarithmic when all values are positive and span more than a factor of eight.
    private static Lines.Spacing spacing(Grid grid) {
        List<Double> values = grid.columns().stream().map(Figures::number).toList();
        double low = values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
        double high = values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
        return low > 0 && high > 8 * low ? Lines.Spacing.LOG : Lines.Spacing.LINEAR;
    }

    /// The number that an axis value is; NaN for a word.
    private static double number(String text) {
        return text.matches("-?[0-9.]+([eE][-+]?[0-9]+)?") ? Double.parseDouble(text) : Double.NaN;
    }

    private Lines lines(Figure figure, Grid grid, Quantity quantity, CellValues values) {
        List<Lines.Line> lines = new ArrayList<>();
        boolean words = grid.columns().stream().anyMatch(c -> Double.isNaN(number(c)));
        for (String row : grid.rows()) {
            List<Lines.Point> points = new ArrayList<>();
            for (int c = 0; c < grid.columns().size(); c++) {
                CellValues.Mean mean = values.at(grid.columns().get(c), row);
                double x = words ? c + 1 : number(grid.columns().get(c));
                points.add(
                        new Lines.Point(
                                x,
                                mean.value(),
                                mean.value() - mean.error(),
                                mean.value() + mean.error()));
            }
            lines.add(new Lines.Line(row, points));
        }
        String band = values.counted().isEmpty() ? "" : "Bands: one standard error over seeds.";
        return new Lines(
                title(figure, quantity.name() + " against " + grid.across().name()),
                words
                        ? grid.across().name() + ": " + String.join(", ", grid.columns())
                        : grid.across().name(),
                quantity.label(),
                words ? Lines.Spacing.LINEAR : spacing(grid),
                spacing(figure, Lines.Spacing.LINEAR),
                List.of(new Lines.Panel("", lines)),
                false,
                1,
                true,
                grid.upName(),
                note(values.counted(), band, grid.note()));
    }

    private Lines series(Figure figure, Grid grid, Quantity quantity, ReportInput.Stored stored) {
        SequencedMap<String, TreeMap<Long, double[]>> sums = new LinkedHashMap<>();
        for (SeriesRow row : stored.series()) {
            if (row.definition().equals(figure.definition())
                    && grid.shows(row.cell())
                    && !Double.isNaN(row.value())) {
                double[] sum =
                        sums.computeIfAbsent(
                                        grid.row(row.cell()) + ";" + grid.column(row.cell()),
                                        _ -> new TreeMap<>())
                                .computeIfAbsent(row.step(), _ -> new double[2]);
                sum[0] += row.value();
                sum[1]++;
            }
        }
        List<Lines.Panel> panels = new ArrayList<>();
        for (String row : grid.rows()) {
            List<Lines.Line> lines = new ArrayList<>();
            for (String column : grid.columns()) {
                List<Lines.Point> points = new ArrayList<>();
                sums.getOrDefault(row + ";" + column, new TreeMap<>())
                        .forEach((step, sum) -> points.add(new Lines.Point(step, sum[0] / sum[1])));
                lines.add(new Lines.Line(column, points));
            }
            panels.add(
                    new Lines.Panel(grid.up().isEmpty() ? "" : grid.upName() + " " + row, lines));
        }
        int columns =
                panels.size() <= 3
                        ? panels.size()
                        : panels.size() % 3 == 0 || panels.size() == 5 ? 3 : 4;
        return new Lines(
                title(figure, quantity.name()),
                "step",
                quantity.label(),
                Lines.Spacing.LINEAR,
                spacing(figure, Lines.Spacing.LINEAR),
                panels,
                true,
                columns,
                true,
                grid.across().name(),
                note("Mean over the members of a cell that reached the step.", grid.note()));
    }

    private Lines curves(Figure figure, Grid grid, Quantity quantity, ReportInput.Stored stored) {
        SequencedMap<String, List<Lines.Line>> cells = new LinkedHashMap<>();
        for (CurveRow row : stored.curves()) {
            if (!row.curve().definition().equals(figure.definition()) || !grid.shows(row.cell())) {
                continue;
            }
            if (figure.checkpoint().isPresent()
                    && !figure.checkpoint().get().equals(row.checkpoint())) {
                continue;
            }
            List<Lines.Point> points = new ArrayList<>();
            for (int i = 0; i < row.curve().x().size(); i++) {
                points.add(new Lines.Point(row.curve().x().get(i), row.curve().y().get(i)));
            }
            String name = String.join("–", row.seeds().stream().map(String::valueOf).toList());
            cells.computeIfAbsent(
                            grid.row(row.cell()) + ";" + grid.column(row.cell()),
                            _ -> new ArrayList<>())
                    .add(new Lines.Line(name, points));
        }
        List<Lines.Panel> panels = new ArrayList<>();
        for (String row : grid.rows()) {
            for (String column : grid.columns()) {
                String title =
                        grid.across().name()
                                + " "
                                + column
                                + (grid.up().isEmpty() ? "" : ", " + grid.upName() + " " + row);
                panels.add(
                        new Lines.Panel(title, cells.getOrDefault(row + ";" + column, List.of())));
            }
        }
        Lines.Spacing up = spacing(figure, Lines.Spacing.SQUARE_ROOT);
        return new Lines(
                title(figure, quantity.name() + " along curves between seeds"),
                "t",
                quantity.label(),
                Lines.Spacing.LINEAR,
                up,
                panels,
                false,
                grid.columns().size(),
                false,
                "seeds",
                note(
                        up == Lines.Spacing.SQUARE_ROOT
                                ? "The vertical axis has square-root spacing."
                                : "",
                        grid.note()));
    }

    private Scatter scatter(
            Figure figure, Population population, Grid grid, Quantity quantity, CellValues values) {
        String against =
                figure.x()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "figure "
                                                + figure.id()
                                                + ": a scatter needs x, a quantity"));
        CellValues across =
                new CellValues(
                        grid, input.stored(population.name()).rows(), against, figure.checkpoint());
        Optional<List<List<HeatMap.Phase>>> phases =
                phases(population.name()).map(m -> labels(m, grid));
        List<Scatter.Dot> dots = new ArrayList<>();
        for (int r = 0; r < grid.rows().size(); r++) {
            for (int c = 0; c < grid.columns().size(); c++) {
                String column = grid.columns().get(c);
                String row = grid.rows().get(r);
                int rr = r;
                int cc = c;
                String group = phases.map(p -> p.get(rr).get(cc).label()).orElse(row);
                String name =
                        grid.across().name()
                                + " "
                                + column
                                + (row.isEmpty() ? "" : ", " + grid.upName() + " " + row);
                dots.add(
                        new Scatter.Dot(
                                name,
                                group,
                                across.at(column, row).value(),
                                values.at(column, row).value()));
            }
        }
        Quantity x = Quantity.of(against, population);
        return new Scatter(
                title(figure, quantity.name() + " against " + x.name()),
                x.label(),
                quantity.label(),
                Lines.Spacing.LINEAR,
                spacing(figure, Lines.Spacing.LINEAR),
                dots,
                phases.isPresent() ? "phase" : grid.upName(),
                note("A dot a cell.", values.counted(), grid.note()));
    }

    /// Numbers and texts of a document as a reader sees them.
    static String shown(JsonNode value) {
        return value.isTextual()
                ? value.textValue()
                : value.isNumber()
                        ? Format.exact(value.doubleValue()).replace('-', '−')
                        : Grid.text(value);
    }
}
