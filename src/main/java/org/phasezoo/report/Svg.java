package org.phasezoo.report;

import java.util.ArrayList;
import java.util.List;

/// A picture being drawn: presentation attributes only, coordinates to a hundredth of a pixel.
final class Svg {
    static final String FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
    static final String GREY = "#57606a";
    static final String RULE = "#d5d9de";

    private final StringBuilder body = new StringBuilder();
    private final double width;
    private final double height;
    private final String title;

    Svg(double width, double height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
    }

    enum Anchor {
        START,
        MIDDLE,
        END;

        String word() {
            return switch (this) {
                case START -> "start";
                case MIDDLE -> "middle";
                case END -> "end";
            };
        }
    }

    static String n(double value) {
        long hundredths = Math.round(value * 100);
        String sign = hundredths < 0 ? "-" : "";
        long size = Math.abs(hundredths);
        String fraction =
                size % 100 == 0
                        ? ""
                        : size % 10 == 0
                                ? "." + size % 100 / 10
                                : "." + (size % 100 < 10 ? "0" : "") + size % 100;
        return sign + size / 100 + fraction;
    }

    Svg rect(double x, double y, double w, double h, String fill) {
        body.append("<rect x=\"")
                .append(n(x))
                .append("\" y=\"")
                .append(n(y))
                .append("\" width=\"")
                .append(n(w));
        body.append("\" height=\"").append(n(h)).append("\" fill=\"").append(fill).append("\"/>\n");
        return this;
    }

    Svg frame(double x, double y, double w, double h, String stroke, double weight) {
        body.append("<rect x=\"")
                .append(n(x))
                .append("\" y=\"")
                .append(n(y))
                .append("\" width=\"")
                .append(n(w));
        body.append("\" height=\"")
                .append(n(h))
                .append("\" fill=\"none\" stroke=\"")
                .append(stroke);
        body.append("\" stroke-width=\"").append(n(weight)).append("\"/>\n");
        return this;
    }

    Svg line(double x1, double y1, double x2, double y2, String stroke, double weight) {
        body.append("<path d=\"M")
                .append(n(x1))
                .append(' ')
                .append(n(y1))
                .append('L')
                .append(n(x2))
                .append(' ')
                .append(n(y2));
        body.append("\" stroke=\"")
                .append(stroke)
                .append("\" stroke-width=\"")
                .append(n(weight))
                .append("\" stroke-linecap=\"square\"/>\n");
        return this;
    }

    Svg path(String d, String stroke, double weight, double opacity) {
        body.append("<path d=\"")
                .append(d)
                .append("\" fill=\"none\" stroke=\"")
                .append(stroke)
                .append("\" stroke-width=\"")
                .append(n(weight));
        body.append("\" stroke-linejoin=\"round\" stroke-linecap=\"round\"");
        if (opacity < 1) {
            body.append(" stroke-opacity=\"").append(n(opacity)).append('"');
        }
        body.append("/>\n");
        return this;
    }

    Svg area(String d, String fill, double opacity) {
        body.append("<path d=\"")
                .append(d)
                .append("Z\" fill=\"")
                .append(fill)
                .append("\" fill-opacity=\"")
                .append(n(opacity))
                .append("\"/>\n");
        return this;
    }

    Svg dot(double x, double y, double radius, String fill, String hint) {
        body.append("<circle cx=\"")
                .append(n(x))
                .append("\" cy=\"")
                .append(n(y))
                .append("\" r=\"")
                .append(n(radius));
        body.append("\" fill=\"").append(fill).append("\" stroke=\"#ffffff\" stroke-width=\"0.8\"");
        body.append(
                hint.isEmpty() ? "/>\n" : "><title>" + Format.escape(hint) + "</title></circle>\n");
        return this;
    }

    Svg text(
            double x,
            double y,
            String text,
            double size,
            Anchor anchor,
            String fill,
            boolean bold) {
        return text(x, y, text, size, anchor, fill, bold, 0);
    }

    Svg text(
            double x,
            double y,
            String text,
            double size,
            Anchor anchor,
            String fill,
            boolean bold,
            double turn) {
        body.append("<text x=\"")
                .append(n(x))
                .append("\" y=\"")
                .append(n(y))
                .append("\" font-size=\"")
                .append(n(size));
        body.append("\" text-anchor=\"")
                .append(anchor.word())
                .append("\" fill=\"")
                .append(fill)
                .append('"');
        body.append(bold ? " font-weight=\"bold\"" : "");
        if (turn != 0) {
            body.append(" transform=\"rotate(")
                    .append(n(turn))
                    .append(' ')
                    .append(n(x))
                    .append(' ')
                    .append(n(y))
                    .append(")\"");
        }
        body.append('>').append(Format.escape(text)).append("</text>\n");
        return this;
    }

    /// The name of a vertical axis, read upwards, made smaller where it would be longer than
    /// `length`.
    Svg upright(double x, double y, String text, double size, double length) {
        double fitting = Math.min(size, size * length / Math.max(1, Format.width(text, size)));
        return text(x, y, text, Math.max(7, fitting), Anchor.MIDDLE, Colour.INK.css(), false, -90);
    }

    /// Lines under one another, as a title or a note.
    Svg lines(double x, double y, List<String> lines, double size, String fill, boolean bold) {
        for (int i = 0; i < lines.size(); i++) {
            text(x, y + i * size * 1.25, lines.get(i), size, Anchor.START, fill, bold);
        }
        return this;
    }

    /// 45° lines that fill a rectangle.
    Svg hatch(double x, double y, double w, double h, String stroke) {
        List<String> strokes = new ArrayList<>();
        double step = 6;
        for (double c = step / 2; c < w + h; c += step) {
            double x1 = Math.min(c, w);
            double y1 = c - x1;
            double y2 = Math.min(c, h);
            double x2 = c - y2;
            strokes.add("M" + n(x + x1) + " " + n(y + y1) + "L" + n(x + x2) + " " + n(y + y2));
        }
        return path(String.join("", strokes), stroke, 1, 0.4);
    }

    @Override
    public String toString() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
                + n(width)
                + " "
                + n(height)
                + "\" width=\""
                + n(width)
                + "\" height=\""
                + n(height)
                + "\" role=\"img\" aria-label=\""
                + Format.escape(title)
                + "\" font-family=\""
                + FONT
                + "\">\n<title>"
                + Format.escape(title)
                + "</title>\n<rect width=\""
                + n(width)
                + "\" height=\""
                + n(height)
                + "\" fill=\"#ffffff\"/>\n"
                + body
                + "</svg>\n";
    }
}
