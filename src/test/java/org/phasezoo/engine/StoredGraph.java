package org.phasezoo.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.phasezoo.document.Binder;
import org.phasezoo.graph.Elements;
import org.phasezoo.graph.Graph;
import org.phasezoo.graph.Node;
import org.phasezoo.graph.Op;
import org.phasezoo.graph.Shape;

/// A reader of a graph in JSON, as another program would write one.
final class StoredGraph {
    private final int capacity;

    private StoredGraph(int capacity) {
        this.capacity = capacity;
    }

    /// The result, with bounded axes of this capacity.
    static Node read(JsonNode nodes, int capacity) throws ReflectiveOperationException {
        Map<String, Class<?>> ops = new LinkedHashMap<>();
        for (Class<?> op : Op.class.getPermittedSubclasses()) {
            ops.put(Binder.kebab(op.getSimpleName()), op);
        }
        Graph graph = new Graph();
        List<Node> made = new ArrayList<>();
        for (JsonNode json : nodes) {
            List<Node> inputs = new ArrayList<>();
            json.get("of").forEach(place -> inputs.add(made.get(place.intValue())));
            Op op = new StoredGraph(capacity).op(ops.get(json.get("op").textValue()), json);
            made.add(graph.node(op, inputs.toArray(Node[]::new)));
        }
        return made.getLast();
    }

    private Op op(Class<?> type, JsonNode json) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] settings = new Object[components.length];
        for (int i = 0; i < settings.length; i++) {
            settings[i] = setting(types[i], json.get(components[i].getName()));
        }
        return (Op) type.getDeclaredConstructor(types).newInstance(settings);
    }

    private Object setting(Class<?> type, JsonNode json) {
        return switch (type.getSimpleName()) {
            case "int" -> json.intValue();
            case "double" -> json.doubleValue();
            case "boolean" -> json.booleanValue();
            case "String" -> json.textValue();
            case "List" -> whole(json);
            case "Shape" -> shape(json);
            case "Elements" -> elements(json);
            default -> throw new IllegalArgumentException(type.getName());
        };
    }

    private Shape shape(JsonNode json) {
        List<Integer> sizes = whole(json);
        if (json.isEmpty() || !json.get(0).isTextual()) {
            return new Shape("", sizes);
        }
        sizes.set(0, capacity);
        return new Shape(json.get(0).textValue(), sizes);
    }

    private static List<Integer> whole(JsonNode json) {
        List<Integer> numbers = new ArrayList<>();
        json.forEach(number -> numbers.add(number.intValue()));
        return numbers;
    }

    private static Elements elements(JsonNode runs) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode run : runs) {
            for (int i = 0; i < run.get(2).intValue(); i++) {
                numbers.add(run.get(0).intValue() + i * run.get(1).intValue());
            }
        }
        return Elements.of(numbers.stream().mapToInt(i -> i).toArray());
    }
}
