package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Node;

/// A transformer whose blocks scale with their number: with r = blocks / `depth`, each residual
/// branch is multiplied by r^(−multiplier), and the learning rate of the blocks' tensors is
/// r^(−rate) times the common one. At `depth` blocks nothing changes.
///
/// | | multiplier | rate |
/// |---|---|---|
/// | standard | 0 | 0 |
/// | depth-μP, gradient descent | ½ | 0 |
/// | depth-μP, Adam | ½ | ½ |
///
/// A branch ends in a linear map, so that the factor stands at its weight and bias. The source
/// proves the table for blocks of one layer; for deeper ones, as these are, it is the best of the
/// family, but no limit keeps both feature learning and the blocks' diversity.
///
/// *Source*: Yang, Yu, Zhu and Hayou, "Feature learning in infinite-depth neural networks", 2023,
/// table 1.
///
/// @param base a gpt or vision-transformer of any depth
/// @param depth blocks where the exponents have no effect
public record DepthScaled(Architecture base, int depth, double multiplier, double rate)
        implements Architecture {
    public DepthScaled {
        blocks(base);
        Sizes.range("depth", depth, 1, 4096);
        Sizes.finite("multiplier", multiplier);
        Sizes.finite("rate", rate);
    }

    private static int blocks(Architecture base) {
        if (base instanceof Gpt gpt) {
            return gpt.depth();
        }
        if (base instanceof VisionTransformer transformer) {
            return transformer.depth();
        }
        throw new IllegalArgumentException(
                "base is a "
                        + base.kind()
                        + ", whose exponents are not worked out; scale a gpt or a"
                        + " vision-transformer");
    }

    @Override
    public String kind() {
        return "depth-scaled";
    }

    @Override
    public String id() {
        return "depth-scaled-" + base.id();
    }

    @Override
    public void describe(ObjectNode json) {
        ObjectNode inner = json.putObject("base");
        inner.put("kind", base.kind());
        base.describe(inner);
        json.put("depth", depth).put("multiplier", multiplier);
    }

    private double factor(double exponent) {
        return StrictMath.pow((double) blocks(base) / depth, -exponent);
    }

    @Override
    public List<Parameter> parameters(Input data) {
        List<Parameter> scaled = new ArrayList<>();
        for (Parameter p : base.parameters(data)) {
            scaled.add(
                    new Parameter(
                            p.name(),
                            p.shape(),
                            p.role(),
                            p.fanIn(),
                            p.uses(),
                            p.deviation(),
                            TransformerBlock.owns(p) ? p.rate() * factor(rate) : p.rate(),
                            p.initial()));
        }
        return scaled;
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input data) {
        List<Parameter> own = base.parameters(data);
        double factor = factor(multiplier);
        List<Node> used = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            boolean scales = factor != 1 && TransformerBlock.endsBranch(own.get(i));
            used.add(scales ? parameters.get(i).times(factor) : parameters.get(i));
        }
        return base.logits(x, used, data);
    }

    @Override
    public double forwardMultiplyAdds(Input data) {
        return base.forwardMultiplyAdds(data);
    }
}
