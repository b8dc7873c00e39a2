package org.phasezoo.engine;

/// Where the taps of a strided convolution's adjoint fall, along one axis. An input pixel q meets
/// the taps k ≡ q + padding (mod stride) only; for the pixels of one residue these are a dense
/// convolution of the output's adjoint.
///
/// @param first first input pixel of the class
/// @param taps number of taps that meet it
/// @param lowest the smallest of those taps
/// @param start element of the adjoint at which the first pixel's window begins; may lie before it
/// @param pixels number of input pixels of the class
record Border(int first, int taps, int lowest, int start, int pixels) {
    /// Zeros that the windows of these classes need before and behind an adjoint of `size`.
    static int width(Border[] classes, int size) {
        int width = 0;
        for (Border border : classes) {
            int end = border.start + border.pixels + border.taps - 1;
            width = Math.max(width, Math.max(-border.start, end - size));
        }
        return width;
    }

    /// All classes of an axis of `size` input pixels, by first pixel.
    static Border[] classes(int size, int kernel, int padding, int stride) {
        Border[] classes = new Border[Math.min(stride, size)];
        for (int first = 0; first < classes.length; first++) {
            classes[first] = of(first, size, kernel, padding, stride);
        }
        return classes;
    }

    /// The class of input pixels first, first + stride, … below `size`.
    static Border of(int first, int size, int kernel, int padding, int stride) {
        int lowest = (first + padding) % stride;
        int taps = lowest < kernel ? (kernel - 1 - lowest) / stride + 1 : 0;
        int start = (first + padding - lowest) / stride - (taps - 1);
        return new Border(first, taps, lowest, start, (size - 1 - first) / stride + 1);
    }
}
