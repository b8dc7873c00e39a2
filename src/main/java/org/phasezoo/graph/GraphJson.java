package org.phasezoo.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.phasezoo.document.Binder;

/// A graph as JSON, for readers elsewhere: an array of the nodes that a result depends on, each
/// after its inputs, the result last. A node is `op`, the name of the op in kebab case; `of`, the
/// places of its inputs in the array; and the op's settings, by the names of its components.
///
/// A shape is the array of its sizes; in place of a bounded leading axis' size stands the axis'
/// name. [Elements] are runs `[first, step, count]`. Rules of derivatives are left out: for
/// [Op.WithAdjoint] stands its value.
public final class GraphJson {
    private GraphJson() {}

    /// @throws IllegalArgumentException when a setting has no form in JSON (draws, repeats)
    public static ArrayNode of(Node result) {
        List<Node> all = result.graph().nodes();
        boolean[] needed = new boolean[result.number() + 1];
        needed[result.number()] = true;
        for (int n = result.number(); n >= 0; n--) {
            if (needed[n]) {
                all.get(n).inputs().forEach(input -> needed[input.number()] = true);
            }
        }
        int[] places = new int[needed.length];
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (int n = 0; n < needed.length; n++) {
            if (needed[n] && all.get(n).op() instanceof Op.WithAdjoint) {
                places[n] = places[all.get(n).inputs().getLast().number()];
            } else if (needed[n]) {
                places[n] = nodes.size();
                nodes.add(node(all.get(n), places));
            }
        }
        return nodes;
    }

    private static ObjectNode node(Node node, int[] places) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("op", Binder.kebab(node.op().getClass().getSimpleName()));
        ArrayNode of = json.putArray("of");
        node.inputs().forEach(input -> of.add(places[input.number()]));
        for (RecordComponent component : node.op().getClass().getRecordComponents()) {
            json.set(component.getName(), setting(node.op(), component));
        }
        return json;
    }

    private static JsonNode setting(Op op, RecordComponent component) {
        @Nullable Object value;
        try {
            value = component.getAccessor().invoke(op);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an op is a public record", e);
        }
        return switch (value) {
            case Integer whole -> IntNode.valueOf(whole);
            case Double real -> DoubleNode.valueOf(real);
            case Boolean either -> BooleanNode.valueOf(either);
            case String text -> TextNode.valueOf(text);
            case Shape shape -> shape(shape);
            case Elements elements -> runs(elements);
            case List<?> axes -> {
                ArrayNode json = JsonNodeFactory.instance.arrayNode();
                axes.forEach(axis -> json.add((Integer) axis));
                yield json;
            }
            case null, default ->
                    throw new IllegalArgumentException(
                            component.getName() + " of " + op + " has no form in JSON");
        };
    }

    private static ArrayNode shape(Shape shape) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        shape.sizes().forEach(json::add);
        if (shape.isBounded()) {
            json.set(0, TextNode.valueOf(shape.rows()));
        }
        return json;
    }

    private static ArrayNode runs(Elements elements) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (int from = 0, to; from < elements.size(); from = to) {
            int first = elements.get(from);
            int step = from + 1 < elements.size() ? elements.get(from + 1) - first : 0;
            to = from + 1;
            while (to < elements.size() && elements.get(to) - elements.get(to - 1) == step) {
                to++;
            }
            json.addArray().add(first).add(step).add(to - from);
        }
        return json;
    }
}
