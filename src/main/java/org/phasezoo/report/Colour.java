package org.phasezoo.report;

import java.util.List;

/// A colour in sRGB, components in [0, 255].
record Colour(int red, int green, int blue) {
    static final Colour INK = hex("1b1f24");
    static final Colour BLACK = hex("000000");
    static final Colour WHITE = hex("ffffff");

    /// Light to dark, its lightness falling evenly: the order of values can be read without hue.
    static final List<Colour> SEQUENTIAL =
            ramp("fdf6dc", "c5e2bd", "6fbfb5", "3189ae", "2a5291", "271b52");

    /// Red below, near white at the middle, blue above.
    static final List<Colour> DIVERGING =
            ramp("6d0f1f", "b83a3f", "e8957b", "f8f4ee", "8fb8d8", "3a77b4", "15366f");

    /// Ordered lines: light enough to tell apart, dark enough to see on white.
    static final List<Colour> ORDERED = ramp("e0a526", "d2683f", "a8386b", "64308a", "1f2a66");

    /// Unordered groups.
    static final List<Colour> GROUPS =
            ramp("3189ae", "d2683f", "5a9a4a", "a8386b", "8a6d3b", "555f6b");

    private static List<Colour> ramp(String... hex) {
        return java.util.Arrays.stream(hex).map(Colour::hex).toList();
    }

    static Colour hex(String text) {
        int bits = Integer.parseInt(text, 16);
        return new Colour(bits >> 16, bits >> 8 & 255, bits & 255);
    }

    String css() {
        return "#" + two(red) + two(green) + two(blue);
    }

    private static String two(int component) {
        return "" + Character.forDigit(component >> 4, 16) + Character.forDigit(component & 15, 16);
    }

    /// The colour at a place in [0, 1] of a ramp whose colours stand at equal distances, mixed in
    /// Oklab (Ottosson 2020).
    static Colour at(List<Colour> ramp, double place) {
        double x = Math.clamp(place, 0, 1) * (ramp.size() - 1);
        int i = Math.min((int) x, ramp.size() - 2);
        double[] a = ramp.get(i).oklab();
        double[] b = ramp.get(i + 1).oklab();
        double t = x - i;
        return fromOklab(
                a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2]));
    }

    /// Black or white, whichever is easier to read on this; one of them has a contrast of at least
    /// 4.58.
    Colour text() {
        double y = luminance() + 0.05;
        return y / 0.05 >= 1.05 / y ? BLACK : WHITE;
    }

    /// Relative luminance (WCAG 2).
    double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int component) {
        double c = component / 255.0;
        return c <= 0.04045 ? c / 12.92 : StrictMath.pow((c + 0.055) / 1.055, 2.4);
    }

    private static int gamma(double c) {
        double s = c <= 0.0031308 ? 12.92 * c : 1.055 * StrictMath.pow(c, 1 / 2.4) - 0.055;
        return Math.clamp(Math.round(255 * s), 0, 255);
    }

    private double[] oklab() {
        double r = linear(red);
        double g = linear(green);
        double b = linear(blue);
        double l = StrictMath.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        double m = StrictMath.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        double s = StrictMath.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new double[] {
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        };
    }

    private static Colour fromOklab(double lightness, double a, double b) {
        double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
        double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
        double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
        return new Colour(
                gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
    }

    private static double cube(double x) {
        return x * x * x;
    }
}
