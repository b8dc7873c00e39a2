package org.phasezoo.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Quantities against another, as lines with bands, in one panel or in a grid of small ones that
/// share their axes. Lines of one name have one colour in every panel.
///
/// @param ownAcross whether each panel has a horizontal scale of its own
/// @param columns how many panels stand beside one another
/// @param ordered whether the names are values of an axis, so that their colours are ordered
/// @param legend what the names are, for example an axis; empty for lines that need no legend
/// @param note a line under the panels; empty for none
public record Lines(
        String title,
        String horizontal,
        String vertical,
        Spacing across,
        Spacing up,
        List<Panel> panels,
        boolean ownAcross,
        int columns,
        boolean ordered,
        String legend,
        String note)
        implements Drawing {

    /// How values are spaced along an axis; `SQUARE_ROOT` is the signed square root.
    public enum Spacing {
        LINEAR,
        LOG,
        SQUARE_ROOT;

        Scale.Kind kind() {
            return switch (this) {
                case LINEAR -> Scale.Kind.LINEAR;
                case LOG -> Scale.Kind.LOG;
                case SQUARE_ROOT -> Scale.Kind.SQUARE_ROOT;
            };
        }
    }

    /// A point with its interval; `low` and `high` are NaN where it has none.
    public record Point(double x, double y, double low, double high) {
        public Point(double x, double y) {
            this(x, y, Double.NaN, Double.NaN);
        }
    }

    /// A line.
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /// A panel; its title is empty where it is the only one.
    public record Panel(String title, List<Line> lines) {
        public Panel {
            lines = List.copyOf(lines);
        }
    }

    public Lines {
        panels = List.copyOf(panels);
        if (columns < 1) {
            throw new IllegalArgumentException("columns is " + columns + "; at least 1");
        }
    }

    @Override
    public boolean wide() {
        return columns > 1;
    }

    @Override
    public String csv() {
        StringBuilder out = new StringBuilder();
        out.append(Format.csv(List.of("panel", "line", "x", "y", "low", "high")));
        for (Panel panel : panels) {
            for (Line line : panel.lines()) {
                for (Point p : line.points()) {
                    out.append(
                            Format.csv(
                                    List.of(
                                            panel.title(),
                                            line.name(),
                                            Format.exact(p.x()),
                                            Format.exact(p.y()),
                                            Format.exact(p.low()),
                                            Format.exact(p.high()))));
                }
            }
        }
        return out.toString();
    }

    @Override
    public String svg() {
        return new Picture().draw();
    }

    private List<String> names() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        panels.forEach(panel -> panel.lines().forEach(line -> names.add(line.name())));
        return List.copyOf(names);
    }

    /// The layout of one picture.
    private final class Picture {
        private final List<String> names = names();
        private final boolean key = !legend.isEmpty() && names.size() > 1;
        private final double width =
                columns == 1
                        ? 480
                        : Math.clamp(columns * (columns < 5 ? 190.0 : 150.0) + 110, 480, 980);
        private final List<String> heading = Format.wrap(title, (width - 24) / 1.1, 14.5);
        private final List<String> foot =
                note.isEmpty() ? List.of() : Format.wrap(note, width - 24, 11);
        private final double top = 22 + heading.size() * 18.5;
        private final double left = 62;
        private final double right = key ? 26 + widest() : 18;
        private final int rows = Math.max(1, (panels.size() + columns - 1) / columns);
        private final double gap = 10;
        private final double rowGap = ownAcross ? 24 : gap;
        private final double lane = panels.stream().allMatch(p -> p.title().isEmpty()) ? 0 : 15;
        private final double panelWidth = (width - left - right - gap * (columns - 1)) / columns;
        private final double panelHeight =
                columns == 1 ? 250 : rows == 1 ? 180 : Math.clamp(panelWidth * 0.72, 70, 170);
        private final double bottom = top + rows * (panelHeight + lane + rowGap) - rowGap;
        private final Svg svg = new Svg(width, bottom + 52 + foot.size() * 14, title);
        private Scale x;
        private final Scale y;

        Picture() {
            List<Double> ys = new ArrayList<>();
            for (Panel panel : panels) {
                for (Line line : panel.lines()) {
                    line.points().forEach(p -> ys.addAll(List.of(p.y(), p.low(), p.high())));
                }
            }
            x = horizontal(panels);
            Scale raw = Scale.over(up.kind(), ys);
            y =
                    raw.low() == 0
                            ? new Scale(raw.kind(), 0, raw.padded(0.05).high())
                            : raw.padded(0.05);
        }

        private Scale horizontal(List<Panel> over) {
            List<Double> xs = new ArrayList<>();
            for (Panel panel : over) {
                for (Line line : panel.lines()) {
                    line.points().forEach(p -> xs.add(p.x()));
                }
            }
            Scale scale = Scale.over(across.kind(), xs);
            boolean nearZero =
                    across == Spacing.LINEAR
                            && scale.low() > 0
                            && scale.low() < 0.15 * scale.high();
            return nearZero ? new Scale(scale.kind(), 0, scale.high()) : scale;
        }

        private double widest() {
            return Math.max(
                    Format.width(legend, 11) + 4,
                    names.stream().mapToDouble(n -> Format.width(n, 11)).max().orElse(0) + 22);
        }

        private Colour colour(String name) {
            int i = names.indexOf(name);
            if (!ordered) {
                return Colour.GROUPS.get(i % Colour.GROUPS.size());
            }
            return Colour.at(
                    Colour.ORDERED, names.size() == 1 ? 0.5 : (double) i / (names.size() - 1));
        }

        String draw() {
            svg.lines(12, 24, heading, 14.5, Colour.INK.css(), true);
            for (int i = 0; i < panels.size(); i++) {
                int row = i / columns;
                panel(
                        panels.get(i),
                        left + i % columns * (panelWidth + gap),
                        top + row * (panelHeight + lane + rowGap) + lane,
                        i % columns == 0,
                        ownAcross || i + columns >= panels.size());
            }
            svg.text(
                    left + (width - left - right) / 2,
                    bottom + 36,
                    horizontal,
                    12,
                    Svg.Anchor.MIDDLE,
                    Colour.INK.css(),
                    false);
            svg.upright(16, (top + bottom) / 2, vertical, 12, bottom - top + 10);
            if (key) {
                key(width - right + 12);
            }
            svg.lines(12, bottom + 56, foot, 11, Svg.GREY, false);
            return svg.toString();
        }

        private void panel(Panel panel, double px, double py, boolean first, boolean last) {
            if (ownAcross) {
                x = horizontal(List.of(panel));
            }
            if (lane > 0) {
                svg.text(
                        px + 2,
                        py - 4,
                        panel.title(),
                        10.5,
                        Svg.Anchor.START,
                        Colour.INK.css(),
                        false);
            }
            for (Scale.Tick tick : y.ticks(columns == 1 ? 6 : 4)) {
                double at = py + panelHeight * (1 - y.place(tick.value()));
                svg.line(px, at, px + panelWidth, at, Svg.RULE, 0.7);
                if (first) {
                    svg.text(
                            px - 6,
                            at + 3.6,
                            tick.text(),
                            10.5,
                            Svg.Anchor.END,
                            Colour.INK.css(),
                            false);
                }
            }
            for (Scale.Tick tick : xTicks()) {
                double place = x.place(tick.value());
                double at = px + panelWidth * place;
                svg.line(at, py + panelHeight, at, py + panelHeight - 3, Colour.INK.css(), 0.7);
                if (last) {
                    boolean small = columns > 1;
                    Svg.Anchor anchor =
                            small && place < 0.05
                                    ? Svg.Anchor.START
                                    : small && place > 0.95 ? Svg.Anchor.END : Svg.Anchor.MIDDLE;
                    svg.text(
                            at,
                            py + panelHeight + 14,
                            tick.text(),
                            10.5,
                            anchor,
                            Colour.INK.css(),
                            false);
                }
            }
            if (y.low() < 0 && y.high() > 0) {
                double zero = py + panelHeight * (1 - y.place(0));
                svg.line(px, zero, px + panelWidth, zero, Svg.GREY, 0.9);
            }
            for (Line line : panel.lines()) {
                band(line, px, py);
            }
            for (Line line : panel.lines()) {
                stroke(line, px, py);
            }
            svg.frame(px, py, panelWidth, panelHeight, Svg.GREY, 0.8);
        }

        /// The values themselves where they are few, round ones otherwise.
        private List<Scale.Tick> xTicks() {
            List<Double> values =
                    panels.stream()
                            .flatMap(p -> p.lines().stream())
                            .flatMap(l -> l.points().stream())
                            .map(Point::x)
                            .filter(v -> drawn(v, 1))
                            .distinct()
                            .sorted()
                            .toList();
            if (columns > 1 || values.isEmpty() || values.size() > 12) {
                return x.ticks(columns == 1 ? 6 : 2);
            }
            List<Scale.Tick> ticks = new ArrayList<>();
            double free = Double.NEGATIVE_INFINITY;
            for (double v : values) {
                String text = Format.exact(v);
                double half = Format.width(text, 10.5) / 2 + 3;
                double at = panelWidth * x.place(v);
                if (at - half >= free) {
                    ticks.add(new Scale.Tick(v, text));
                    free = at + half;
                }
            }
            return ticks;
        }

        private boolean drawn(double x, double y) {
            return Double.isFinite(x)
                    && Double.isFinite(y)
                    && (across != Spacing.LOG || x > 0)
                    && (up != Spacing.LOG || y > 0);
        }

        private String at(double px, double py, double vx, double vy) {
            double w = px + panelWidth * x.place(vx);
            double h = py + panelHeight * (1 - y.place(vy));
            return Svg.n(w) + " " + Svg.n(h);
        }

        private void band(Line line, double px, double py) {
            List<Point> points =
                    line.points().stream()
                            .filter(p -> drawn(p.x(), p.low()) && drawn(p.x(), p.high()))
                            .toList();
            if (points.size() < 2) {
                return;
            }
            StringBuilder d = new StringBuilder("M");
            points.forEach(
                    p -> d.append(d.length() > 1 ? "L" : "").append(at(px, py, p.x(), p.high())));
            points.reversed().forEach(p -> d.append("L").append(at(px, py, p.x(), p.low())));
            svg.area(d.toString(), colour(line.name()).css(), 0.16);
        }

        private void stroke(Line line, double px, double py) {
            StringBuilder d = new StringBuilder();
            boolean pen = false;
            for (Point p : line.points()) {
                if (!drawn(p.x(), p.y())) {
                    pen = false;
                    continue;
                }
                d.append(pen ? "L" : "M").append(at(px, py, p.x(), p.y()));
                pen = true;
            }
            svg.path(d.toString(), colour(line.name()).css(), columns == 1 ? 1.8 : 1.4, 1);
            if (columns == 1 && line.points().size() <= 16) {
                for (Point p : line.points()) {
                    if (drawn(p.x(), p.y())) {
                        double w = px + panelWidth * x.place(p.x());
                        double h = py + panelHeight * (1 - y.place(p.y()));
                        svg.dot(w, h, 3, colour(line.name()).css(), "");
                    }
                }
            }
        }

        private void key(double at) {
            svg.text(at, top + lane + 8, legend, 11, Svg.Anchor.START, Colour.INK.css(), true);
            for (int i = 0; i < names.size(); i++) {
                double h = top + lane + 26 + i * 16;
                svg.line(at, h - 4, at + 13, h - 4, colour(names.get(i)).css(), 2.4);
                svg.text(at + 19, h, names.get(i), 11, Svg.Anchor.START, Colour.INK.css(), false);
            }
        }
    }
}
