package org.phasezoo.report;

import java.util.ArrayList;
import java.util.List;

/// A quantity over a grid, as colours with their values; with phases, their borders and labels
/// instead of the values, and hatching where a label's probability is below .8.
///
/// @param quantity what the colour bar says, with the unit
/// @param columns values of the horizontal axis, left to right
/// @param rows values of the vertical axis, top to bottom
/// @param values a list a row; NaN where there is none
/// @param colouring how values become colours
/// @param phases a list a row, or empty for a map without phases
/// @param note a line under the map; empty for none
public record HeatMap(
        String title,
        String quantity,
        String columnAxis,
        List<String> columns,
        String rowAxis,
        List<String> rows,
        List<List<Double>> values,
        Colouring colouring,
        List<List<Phase>> phases,
        String note)
        implements Drawing {
    private static final double NARROWEST = 480;
    private static final double LEFT = 68;
    private static final double RIGHT = 84;
    private static final double SURE = 0.8;

    /// How values become colours.
    public enum Colouring {
        /// light to dark
        SEQUENTIAL,
        /// light to dark over the natural logarithm of the value, which is also what the cells and
        /// the bar say
        LOGARITHMIC,
        /// red to blue around 0, by the signed square root, so that small values of either sign
        /// differ
        DIVERGING
    }

    /// A cell's label and its probability; an empty label where there is none.
    public record Phase(String label, double probability) {}

    public HeatMap {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        values = values.stream().map(List::copyOf).toList();
        phases = phases.stream().map(List::copyOf).toList();
        int width = columns.size();
        if (values.size() != rows.size() || values.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException(
                    "the values of \"" + title + "\" are not " + rows.size() + " rows of " + width);
        }
        if (!phases.isEmpty()
                && (phases.size() != rows.size()
                        || phases.stream().anyMatch(row -> row.size() != width))) {
            throw new IllegalArgumentException(
                    "the phases of \"" + title + "\" are not " + rows.size() + " rows of " + width);
        }
    }

    @Override
    public boolean wide() {
        return false;
    }

    @Override
    public String csv() {
        StringBuilder out = new StringBuilder();
        List<String> header = new ArrayList<>(List.of(columnAxis, rowAxis, "value"));
        if (!phases.isEmpty()) {
            header.addAll(List.of("phase", "probability"));
        }
        out.append(Format.csv(header));
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.size(); c++) {
                List<String> line =
                        new ArrayList<>(
                                List.of(
                                        columns.get(c),
                                        rows.get(r),
                                        Format.exact(values.get(r).get(c))));
                if (!phases.isEmpty()) {
                    Phase phase = phases.get(r).get(c);
                    line.addAll(List.of(phase.label(), Format.exact(phase.probability())));
                }
                out.append(Format.csv(line));
            }
        }
        return out.toString();
    }

    private double shown(int row, int column) {
        double v = values.get(row).get(column);
        return colouring == Colouring.LOGARITHMIC ? v > 0 ? StrictMath.log(v) : Double.NaN : v;
    }

    private Scale scale() {
        List<Double> all = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.size(); c++) {
                all.add(shown(r, c));
            }
        }
        if (colouring == Colouring.DIVERGING) {
            return Scale.over(Scale.Kind.SQUARE_ROOT, all).symmetric();
        }
        return Scale.over(Scale.Kind.LINEAR, all);
    }

    private Colour colour(double place) {
        return Colour.at(
                colouring == Colouring.DIVERGING ? Colour.DIVERGING : Colour.SEQUENTIAL, place);
    }

    @Override
    public String svg() {
        return new Picture().draw();
    }

    /// The layout of one picture.
    private final class Picture {
        private final Scale scale = scale();
        private final double across = Math.max(NARROWEST, LEFT + RIGHT + 34.0 * columns.size());
        private final List<String> heading = Format.wrap(title, (across - 24) / 1.1, 14.5);
        private final List<String> foot =
                note.isEmpty() ? List.of() : Format.wrap(note, across - 24, 11);
        private final double top = 20 + heading.size() * 18.5;
        private final double cellWidth = (across - LEFT - RIGHT) / Math.max(1, columns.size());
        private final double cellHeight = Math.clamp(cellWidth * 0.74, 23, 42);
        private final double plotWidth = cellWidth * columns.size();
        private final double plotHeight = cellHeight * rows.size();
        private final Svg svg = new Svg(across, top + plotHeight + 50 + foot.size() * 14, title);

        String draw() {
            svg.lines(12, 24, heading, 14.5, Colour.INK.css(), true);
            cells();
            if (!phases.isEmpty()) {
                borders();
            }
            svg.frame(LEFT, top, plotWidth, plotHeight, Colour.INK.css(), 1);
            axes();
            bar();
            svg.lines(12, top + plotHeight + 54, foot, 11, Svg.GREY, false);
            return svg.toString();
        }

        private double x(int column) {
            return LEFT + column * cellWidth;
        }

        private double y(int row) {
            return top + row * cellHeight;
        }

        private void cells() {
            double size = Math.clamp(cellWidth / 4, 8.5, 12);
            for (int r = 0; r < rows.size(); r++) {
                for (int c = 0; c < columns.size(); c++) {
                    double value = shown(r, c);
                    boolean absent = Double.isNaN(value);
                    Colour fill = absent ? Colour.hex("eceef0") : colour(scale.place(value));
                    svg.rect(x(c), y(r), cellWidth + 0.3, cellHeight + 0.3, fill.css());
                    String ink = fill.text().css();
                    double middle = x(c) + cellWidth / 2;
                    double base = y(r) + cellHeight / 2;
                    Phase phase = phases.isEmpty() ? new Phase("", 1) : phases.get(r).get(c);
                    if (phase.label().isEmpty()) {
                        svg.text(
                                middle,
                                base + size * 0.36,
                                brief(value),
                                size,
                                Svg.Anchor.MIDDLE,
                                ink,
                                false);
                        continue;
                    }
                    if (phase.probability() < SURE) {
                        svg.hatch(x(c), y(r), cellWidth, cellHeight, ink);
                    }
                    String label = phase.label().equals("unclassified") ? "?" : phase.label();
                    boolean room = cellHeight >= 30 && cellWidth >= 30;
                    double big =
                            Math.clamp(cellWidth / 3.6, 9, 14)
                                    * (label.length() > 3 && cellWidth < 40 ? 0.85 : 1);
                    svg.text(
                            middle,
                            base + (room ? -1 : big * 0.36),
                            label,
                            big,
                            Svg.Anchor.MIDDLE,
                            ink,
                            true);
                    if (room) {
                        svg.text(
                                middle,
                                base + 11.5,
                                brief(value),
                                9.5,
                                Svg.Anchor.MIDDLE,
                                ink,
                                false);
                    }
                }
            }
        }

        private String brief(double value) {
            if (Double.isNaN(value)) {
                return "–";
            }
            double span = scale.high() - scale.low();
            if (span < 1e-3 && colouring != Colouring.LOGARITHMIC) {
                return Format.shortly(value);
            }
            double size = Math.abs(value);
            int decimals =
                    colouring == Colouring.LOGARITHMIC
                            ? 1
                            : size >= 100 || span > 400 ? 0 : size >= 10 ? 1 : span < 0.1 ? 3 : 2;
            return Format.fixed(value, decimals);
        }

        private void borders() {
            StringBuilder d = new StringBuilder();
            for (int r = 0; r < rows.size(); r++) {
                for (int c = 0; c < columns.size(); c++) {
                    String label = phases.get(r).get(c).label();
                    if (c + 1 < columns.size() && !label.equals(phases.get(r).get(c + 1).label())) {
                        d.append("M")
                                .append(Svg.n(x(c + 1)))
                                .append(' ')
                                .append(Svg.n(y(r)))
                                .append("V")
                                .append(Svg.n(y(r + 1)));
                    }
                    if (r + 1 < rows.size() && !label.equals(phases.get(r + 1).get(c).label())) {
                        d.append("M")
                                .append(Svg.n(x(c)))
                                .append(' ')
                                .append(Svg.n(y(r + 1)))
                                .append("H")
                                .append(Svg.n(x(c + 1)));
                    }
                }
            }
            if (!d.isEmpty()) {
                svg.path(d.toString(), Colour.WHITE.css(), 5, 1);
                svg.path(d.toString(), Colour.INK.css(), 2.4, 1);
            }
        }

        private void axes() {
            double size = 11;
            int every = 1;
            double widest =
                    columns.stream().mapToDouble(v -> Format.width(v, size)).max().orElse(0);
            while (every * cellWidth < widest + 4) {
                every++;
            }
            for (int c = 0; c < columns.size(); c += every) {
                svg.text(
                        x(c) + cellWidth / 2,
                        top + plotHeight + 15,
                        columns.get(c),
                        size,
                        Svg.Anchor.MIDDLE,
                        Colour.INK.css(),
                        false);
            }
            for (int r = 0; r < rows.size(); r++) {
                svg.text(
                        LEFT - 6,
                        y(r) + cellHeight / 2 + 4,
                        rows.get(r),
                        size,
                        Svg.Anchor.END,
                        Colour.INK.css(),
                        false);
            }
            svg.text(
                    LEFT + plotWidth / 2,
                    top + plotHeight + 34,
                    columnAxis,
                    12,
                    Svg.Anchor.MIDDLE,
                    Colour.INK.css(),
                    false);
            svg.upright(18, top + plotHeight / 2, rowAxis, 12, plotHeight + 40);
        }

        private void bar() {
            double x = LEFT + plotWidth + 14;
            int steps = 48;
            double step = plotHeight / steps;
            for (int i = 0; i < steps; i++) {
                svg.rect(
                        x,
                        top + plotHeight - (i + 1) * step,
                        12,
                        step + 0.4,
                        colour((i + 0.5) / steps).css());
            }
            svg.frame(x, top, 12, plotHeight, Colour.INK.css(), 0.8);
            for (Scale.Tick tick : scale.ticks(plotHeight > 120 ? 5 : 3)) {
                double y = top + plotHeight * (1 - scale.place(tick.value()));
                svg.line(x + 12, y, x + 15, y, Colour.INK.css(), 0.8);
                svg.text(
                        x + 18,
                        y + 3.6,
                        tick.text(),
                        10.5,
                        Svg.Anchor.START,
                        Colour.INK.css(),
                        false);
            }
            String name = (colouring == Colouring.LOGARITHMIC ? "ln " : "") + quantity;
            svg.upright(across - 10, top + plotHeight / 2, name, 11, plotHeight + 60);
        }
    }
}
