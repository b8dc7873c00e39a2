package org.phasezoo.graph;

/// A complex array as a pair of nodes of one shape.
public record Complex(Node re, Node im) {
    public static Complex real(Node re) {
        return new Complex(re, re.graph().constant(0, re.shape()));
    }

    /// exp(i · angle).
    public static Complex phase(Node angle) {
        return new Complex(angle.cos(), angle.sin());
    }

    public Complex plus(Complex other) {
        return new Complex(re.plus(other.re), im.plus(other.im));
    }

    public Complex minus(Complex other) {
        return new Complex(re.minus(other.re), im.minus(other.im));
    }

    public Complex times(Complex other) {
        return new Complex(
                re.times(other.re).minus(im.times(other.im)),
                re.times(other.im).plus(im.times(other.re)));
    }

    public Complex times(Node factor) {
        return new Complex(re.times(factor), im.times(factor));
    }

    public Complex conjugate() {
        return new Complex(re, im.negated());
    }

    /// |z|².
    public Node square() {
        return re.times(re).plus(im.times(im));
    }

    public Complex over(Complex other) {
        Complex up = times(other.conjugate());
        Node size = other.square();
        return new Complex(up.re.over(size), up.im.over(size));
    }

    public Complex exp() {
        return phase(im).times(re.exp());
    }

    /// Matrix product of the last two axes.
    public Complex contract(Complex other) {
        return new Complex(
                re.contract(false, other.re, false).minus(im.contract(false, other.im, false)),
                re.contract(false, other.im, false).plus(im.contract(false, other.re, false)));
    }
}
