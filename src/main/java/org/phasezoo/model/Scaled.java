package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Node;

/// An architecture whose tensors scale with width by exponents of their own: with n a tensor's
/// width and r = n / `width`, the net uses r^(−multiplier) · w, w begins r^(−deviation) times as
/// large as the initialisation says, and its learning rate is r^(−rate) times the common one. At n
/// = `width` nothing changes.
///
/// n is the number of outputs of the first weight (`input`), the number of inputs of each later one
/// (`hidden`, and `output` for the last), and the size of a hidden bias (`bias`); the last bias is
/// left alone. Relative to weights of deviation ∝ 1/√inputs, and for gradient descent:
///
/// | | input | hidden | output | bias |
/// |---|---|---|---|---|
/// | standard | 0, 0, 0 | 0, 0, 0 | 0, 0, 0 | 0, 0, 0 |
/// | neural tangent | 0, 0, 0 | ½, −½, 0 | ½, −½, 0 | 0, 0, 0 |
/// | maximal update, mean field for one hidden layer | −½, ½, 0 | 0, 0, 0 | ½, 0, 0 | −½, ½, 0 |
///
/// *Source*: Yang and Hu, "Feature learning in infinite-width neural networks", 2020, table 1.
///
/// @param base a perceptron or convolutional net of any width
/// @param width where the exponents have no effect
public record Scaled(
        Architecture base,
        int width,
        Exponents input,
        Exponents hidden,
        Exponents output,
        Exponents bias)
        implements Architecture {
    /// Exponents of one kind of tensor.
    public record Exponents(double multiplier, double deviation, double rate) {}

    public Scaled {
        if (base instanceof Scaled) {
            throw new IllegalArgumentException("base is scaled itself; once is enough");
        }
        if (!(base instanceof Perceptron || base instanceof ConvolutionalNet)) {
            throw new IllegalArgumentException(
                    "base is a "
                            + base.kind()
                            + ", whose exponents are not worked out; scale a perceptron or a"
                            + " convolutional-net");
        }
        if (width < 1) {
            throw new IllegalArgumentException("width " + width + " must be at least 1");
        }
    }

    @Override
    public String kind() {
        return "scaled";
    }

    @Override
    public String id() {
        return "scaled-" + base.id();
    }

    @Override
    public void describe(ObjectNode json) {
        ObjectNode inner = json.putObject("base");
        inner.put("kind", base.kind());
        base.describe(inner);
        json.put("width", width);
        json.putObject("multiplierExponents")
                .put("input", input.multiplier())
                .put("hidden", hidden.multiplier())
                .put("output", output.multiplier())
                .put("bias", bias.multiplier());
    }

    @Override
    public List<Parameter> parameters(Input data) {
        List<Parameter> own = base.parameters(data);
        List<Parameter> scaled = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Parameter p = own.get(i);
            Exponents e = exponents(own, i);
            double r = ratio(own, i);
            scaled.add(
                    new Parameter(
                            p.name(),
                            p.shape(),
                            p.role(),
                            p.fanIn(),
                            p.uses(),
                            StrictMath.pow(r, -e.deviation()),
                            StrictMath.pow(r, -e.rate()),
                            p.initial()));
        }
        return scaled;
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input data) {
        List<Parameter> own = base.parameters(data);
        List<Node> used = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            double factor = StrictMath.pow(ratio(own, i), -exponents(own, i).multiplier());
            used.add(factor == 1 ? parameters.get(i) : parameters.get(i).times(factor));
        }
        return base.logits(x, used, data);
    }

    private enum Place {
        INPUT,
        HIDDEN,
        OUTPUT,
        BIAS,
        LAST_BIAS
    }

    private static Place place(List<Parameter> own, int i) {
        boolean last = own.subList(i + 1, own.size()).stream().allMatch(p -> p.fanIn() == 0);
        if (own.get(i).fanIn() == 0) {
            return last ? Place.LAST_BIAS : Place.BIAS;
        }
        boolean first = own.subList(0, i).stream().allMatch(p -> p.fanIn() == 0);
        return last ? Place.OUTPUT : first ? Place.INPUT : Place.HIDDEN;
    }

    private Exponents exponents(List<Parameter> own, int i) {
        return switch (place(own, i)) {
            case INPUT -> input;
            case HIDDEN -> hidden;
            case OUTPUT -> output;
            case BIAS -> bias;
            case LAST_BIAS -> new Exponents(0, 0, 0);
        };
    }

    private double ratio(List<Parameter> own, int i) {
        Parameter p = own.get(i);
        int n =
                switch (place(own, i)) {
                    case INPUT, BIAS, LAST_BIAS -> p.shape().size(0);
                    case HIDDEN, OUTPUT -> p.fanIn();
                };
        return (double) n / width;
    }
}
