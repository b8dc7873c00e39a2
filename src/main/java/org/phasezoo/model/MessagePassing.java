package org.phasezoo.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Shape;

/// Message passing on the graph of the image's pixels, of which horizontal and vertical neighbours
/// are joined. A dense layer takes a pixel's channels to `width` numbers h; in each round v gets m
/// = Σ over neighbours u of relu(S h_u + R h_v + b), and h_v becomes relu(U h_v + M m + c); logits
/// are linear in the mean over pixels.
///
/// *Source*: Gilmer et al., "Neural message passing for quantum chemistry", 2017, equations 1 and
/// 2.
///
/// @param width numbers of a pixel and of a message
/// @param rounds of messages
public record MessagePassing(int width, int rounds) implements Architecture {
    public MessagePassing {
        Sizes.range("width", width, 1, 4096);
        Sizes.range("rounds", rounds, 1, 64);
    }

    @Override
    public String kind() {
        return "message-passing";
    }

    @Override
    public String id() {
        return Layers.id(kind(), List.of(width, rounds));
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("width", width).put("rounds", rounds);
    }

    @Override
    public List<Parameter> parameters(Input input) {
        int pixels = input.height() * input.width();
        if (pixels < 2) {
            throw new IllegalArgumentException(
                    "the image has one pixel, so that no message passes; take a larger one");
        }
        Declared p = new Declared();
        p.dense("embed", width, input.channels(), pixels);
        for (int round = 0; round < rounds; round++) {
            p.in("rounds." + round)
                    .dense("send", width, width, pixels)
                    .weight("receive.weight", Shape.of(width, width), width, pixels)
                    .dense("own", width, width, pixels)
                    .weight("message.weight", Shape.of(width, width), width, pixels);
        }
        return p.dense("dense", input.classes(), width, 1).tensors();
    }

    @Override
    public Node logits(Node x, List<Node> parameters, Input input) {
        Scope p = Scope.of(parameters(input), parameters);
        Node h = p.pixelwise("embed", x);
        for (int round = 0; round < rounds; round++) {
            Scope here = p.in("rounds." + round);
            Node sent = here.pixelwise("send", h);
            Node received = Layers.pixelwise(h, here.get("receive.weight"));
            Node messages = messages(sent, received);
            Node heard = Layers.pixelwise(messages, here.get("message.weight"));
            h = here.pixelwise("own", h).plus(heard).relu(0);
        }
        return p.dense("dense", Layers.pixelMean(h));
    }

    /// What each pixel hears, from above, below, left and right, in this order.
    private static Node messages(Node sent, Node received) {
        Node heard = sent.graph().constant(0, sent.shape());
        for (int axis = 2; axis < 4; axis++) {
            int size = sent.shape().size(axis);
            if (size > 1) {
                Node back = sent.slice(axis, 0, size - 1).plus(received.slice(axis, 1, size));
                Node ahead = sent.slice(axis, 1, size).plus(received.slice(axis, 0, size - 1));
                heard = heard.plus(back.relu(0).pad(axis, 1, 0));
                heard = heard.plus(ahead.relu(0).pad(axis, 0, 1));
            }
        }
        return heard;
    }
}
