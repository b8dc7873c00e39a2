package org.phasezoo.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// A quantity against another, a dot a cell, coloured by group.
///
/// @param groups what the groups are, for the legend
/// @param note a line under the plot; empty for none
public record Scatter(
        String title,
        String horizontal,
        String vertical,
        Lines.Spacing across,
        Lines.Spacing up,
        List<Dot> dots,
        String groups,
        String note)
        implements Drawing {
    private static final double WIDTH = 480;
    private static final double LEFT = 62;
    private static final double HEIGHT = 270;

    /// A dot: the cell that it stands for and its group.
    public record Dot(String name, String group, double x, double y) {}

    public Scatter {
        dots = List.copyOf(dots);
    }

    @Override
    public boolean wide() {
        return false;
    }

    @Override
    public String csv() {
        StringBuilder out = new StringBuilder(Format.csv(List.of("name", "group", "x", "y")));
        dots.forEach(d ->
                out.append(
                        Format.csv(
                                List.of(
                                        d.name(),
                                        d.group(),
                                        Format.exact(d.x()),
                                        Format.exact(d.y())))));
        return out.toString();
    }

    private List<String> names() {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        dots.forEach(d -> names.add(d.group()));
        return names.stream().sorted().toList();
    }

    @Override
    public String svg() {
        List<String> names = names();
        boolean key = names.size() > 1;
        double right =
                key
                        ? 34
                                + Math.max(
                                        Format.width(groups, 11),
                                        names.stream()
                                                .mapToDouble(n -> Format.width(n, 11))
                                                .max()
                                                .orElse(0))
                        : 18;
        List<String> heading = Format.wrap(title, (WIDTH - 24) / 1.1, 14.5);
        List<String> foot = note.isEmpty() ? List.of() : Format.wrap(note, WIDTH - 24, 11);
        double top = 22 + heading.size() * 18.5;
        double plot = WIDTH - LEFT - right;
        Scale x = scale(across, dots.stream().map(Dot::x).toList());
        Scale y = scale(up, dots.stream().map(Dot::y).toList());
        Svg svg = new Svg(WIDTH, top + HEIGHT + 52 + foot.size() * 14, title);
        svg.lines(12, 24, heading, 14.5, Colour.INK.css(), true);
        for (Scale.Tick tick : y.ticks(6)) {
            double at = top + HEIGHT * (1 - y.place(tick.value()));
            svg.line(LEFT, at, LEFT + plot, at, Svg.RULE, 0.7);
            svg.text(
                    LEFT - 6, at + 3.6, tick.text(), 10.5, Svg.Anchor.END, Colour.INK.css(), false);
        }
        for (Scale.Tick tick : x.ticks(6)) {
            double at = LEFT + plot * x.place(tick.value());
            svg.line(at, top, at, top + HEIGHT, Svg.RULE, 0.7);
            svg.text(
                    at,
                    top + HEIGHT + 14,
                    tick.text(),
                    10.5,
                    Svg.Anchor.MIDDLE,
                    Colour.INK.css(),
                    false);
        }
        svg.frame(LEFT, top, plot, HEIGHT, Svg.GREY, 0.8);
        for (Dot d : dots) {
            if (shown(across, d.x()) && shown(up, d.y())) {
                String fill = colour(names, d.group()).css();
                svg.dot(
                        LEFT + plot * x.place(d.x()),
                        top + HEIGHT * (1 - y.place(d.y())),
                        4.6,
                        fill,
                        d.name());
            }
        }
        svg.text(
                LEFT + plot / 2,
                top + HEIGHT + 36,
                horizontal,
                12,
                Svg.Anchor.MIDDLE,
                Colour.INK.css(),
                false);
        svg.upright(16, top + HEIGHT / 2, vertical, 12, HEIGHT + 40);
        if (key) {
            double at = WIDTH - right + 14;
            svg.text(at, top + 8, groups, 11, Svg.Anchor.START, Colour.INK.css(), true);
            for (int i = 0; i < names.size(); i++) {
                svg.dot(at + 5, top + 24 + i * 17, 4.6, colour(names, names.get(i)).css(), "");
                svg.text(
                        at + 15,
                        top + 28 + i * 17,
                        names.get(i),
                        11,
                        Svg.Anchor.START,
                        Colour.INK.css(),
                        false);
            }
        }
        return svg.lines(12, top + HEIGHT + 56, foot, 11, Svg.GREY, false).toString();
    }

    private static Colour colour(List<String> names, String group) {
        return Colour.GROUPS.get(names.indexOf(group) % Colour.GROUPS.size());
    }

    private static boolean shown(Lines.Spacing spacing, double value) {
        return Double.isFinite(value) && (spacing != Lines.Spacing.LOG || value > 0);
    }

    private static Scale scale(Lines.Spacing spacing, List<Double> values) {
        return Scale.over(spacing.kind(), new ArrayList<>(values)).padded(0.04);
    }
}
