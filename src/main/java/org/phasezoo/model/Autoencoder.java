package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.phasezoo.graph.Node;

/// An autoencoder of flattened inputs whose code also classifies: an encoder of dense layers with
/// an activation between them and a linear code, a decoder with the same widths in reverse, and
/// logits linear in the code. To the loss of each example it adds `reconstruction` times the mean,
/// over the input's numbers, of the squared difference between decoded and given input.
///
/// *Source*: Hinton and Salakhutdinov, "Reducing the dimensionality of data with neural networks",
/// 2006; both losses: Ranzato and Szummer, "Semi-supervised learning of compact document
/// representations with deep networks", 2008.
///
/// @param hidden widths from input to code, without both
/// @param code numbers of the code
/// @param reconstruction weight of the reconstruction's loss
public record Autoencoder(
        List<Integer> hidden, int code, Perceptron.Activation activation, double reconstruction)
        implements Architecture {
    public Autoencoder {
        hidden = List.copyOf(hidden);
        for (int width : hidden) {
            Sizes.range("hidden", width, 1, 65_536);
        }
        Sizes.range("code", code, 1, 65_536);
        Sizes.positive("reconstruction", reconstruction);
    }

    @Override
    public String kind() {
        return "autoencoder";
    }

    @Override
    public String id() {
        return Layers.id(Layers.id(kind(), hidden) + "-code", List.of(code))
                + "-"
                + activation.json();
    }

    @Override
    public void describe(ObjectNode json) {
        hidden.forEach(json.putArray("hidden")::add);
        json.put("code", code)
                .put("activation", activation.json())
                .put("reconstruction", reconstruction);
    }

    private List<Integer> encoder(Input input) {
        List<Integer> sizes = new ArrayList<>(hidden);
        sizes.addFirst(input.channels() * input.height() * input.width());
        sizes.add(code);
        return sizes;
    }

    @Override
    public List<Parameter> parameters(Input input) {
        Declared p = new Declared();
        declare(p.in("encoder"), encoder(input));
        declare(p.in("decoder"), encoder(input).reversed());
        return p.dense("classifier", input.classes(), code, 1).tensors();
    }

    private static void declare(Declared p, List<Integer> sizes) {
        for (int layer = 0; layer + 1 < sizes.size(); layer++) {
            p.dense("" + layer, sizes.get(layer + 1), sizes.get(layer), 1);
        }
    }

    private Node chain(Scope p, Node x) {
        Node h = x;
        for (int layer = 0; layer <= hidden.size(); layer++) {
            h = p.dense("" + layer, layer == 0 ? h : activation.of(h));
        }
        return h;
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input input) {
        Scope p = Scope.of(parameters(input), parameters);
        return p.dense("classifier", chain(p.in("encoder"), Layers.flat(x)));
    }

    @Override
    public Forward forward(Node x, List<Node> tensors, Input input, Forward.Mode mode) {
        Scope p = Scope.of(parameters(input), tensors);
        Node given = Layers.flat(x);
        Node missed = chain(p.in("decoder"), chain(p.in("encoder"), given)).minus(given);
        double share = reconstruction / given.shape().size(1);
        Node penalties = missed.times(missed).sum(1).times(share);
        return new Forward(logits(x, tensors, input), List.of(penalties), List.of());
    }
}
