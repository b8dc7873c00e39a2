package org.phasezoo.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// Numbers and words as a reader sees them.
final class Format {
    private Format() {}

    /// With so many decimals, a true minus sign, never a negative zero.
    static String fixed(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return shortly(value);
        }
        String text =
                new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        if (text.startsWith("-")) {
            boolean zero = text.chars().allMatch(c -> c == '-' || c == '0' || c == '.');
            return zero ? text.substring(1) : "−" + text.substring(1);
        }
        return text;
    }

    /// About three significant digits; an en dash for NaN.
    static String shortly(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e6)) {
            BigDecimal rounded =
                    new BigDecimal(value)
                            .round(new java.math.MathContext(2, RoundingMode.HALF_EVEN));
            int exponent = rounded.precision() - rounded.scale() - 1;
            BigDecimal mantissa = rounded.movePointLeft(exponent).stripTrailingZeros();
            return minus(mantissa.toPlainString()) + "e" + minus(Integer.toString(exponent));
        }
        return fixed(
                value,
                size >= 100 || size == 0
                        ? 0
                        : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4);
    }

    private static String minus(String text) {
        return text.replace('-', '−');
    }

    /// The shortest text that reads back as the same double, for tables; empty for NaN.
    static String exact(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String text = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        return text.length() <= 22 ? text : Double.toString(value).replace('E', 'e');
    }

    /// The text with what XML and HTML take as markup escaped.
    static String escape(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> out.append("&amp;");
                        case '<' -> out.append("&lt;");
                        case '>' -> out.append("&gt;");
                        case '"' -> out.append("&quot;");
                        case '\'' -> out.append("&#39;");
                        default -> {
                            if (c >= 0x20 || c == '\n' || c == '\t') {
                                out.appendCodePoint(c);
                            }
                        }
                    }
                });
        return out.toString();
    }

    /// An estimate of the width of a text in a sans-serif face, in pixels.
    static double width(String text, double size) {
        double em = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            em +=
                    "iljtf.,;:|!' ".indexOf(c) >= 0
                            ? 0.32
                            : c == 'm' || c == 'w' || Character.isUpperCase(c) ? 0.76 : 0.57;
        }
        return em * size;
    }

    /// The text in lines that fit into a width.
    static List<String> wrap(String text, double width, double size) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && width(line + " " + word, size) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return List.copyOf(lines);
    }

    /// A line of CSV.
    static String csv(List<String> fields) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            boolean quoted =
                    field.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            out.append(i > 0 ? "," : "")
                    .append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
        }
        return out.append('\n').toString();
    }
}
