package org.phasezoo.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Binds JSON to records by component name, and goes on past a problem, so that all of them are
/// told at once.
///
/// Component types: `int`, `long`, `double`, `boolean`, `String`, enums (kebab-case constants),
/// records, lists, `SequencedMap<String, …>` (in the document's order), `JsonNode` (as it stands),
/// `Optional…` for a key that may be absent, and interfaces whose kinds are told apart by `"kind"`,
/// the kebab-case name of the class: sealed ones by themselves, others by [#with]. Every other key
/// is needed; a key that is no component is unknown.
///
/// A record's constructor refuses what is out of range with an [IllegalArgumentException]. Its
/// message becomes the problem, at the component whose name stands first in it; what follows `"; "`
/// is the mend.
public final class Binder {
    private final SequencedMap<Class<?>, List<Class<?>>> kinds;

    private Binder(SequencedMap<Class<?>, List<Class<?>>> kinds) {
        this.kinds = kinds;
    }

    /// A binder that knows sealed interfaces only.
    public static Binder plain() {
        return new Binder(new LinkedHashMap<>());
    }

    /// This binder, which also knows the kinds of an interface that is not sealed.
    public Binder with(Class<?> type, List<? extends Class<?>> itsKinds) {
        SequencedMap<Class<?>, List<Class<?>>> more = new LinkedHashMap<>(kinds);
        more.put(type, List.copyOf(itsKinds));
        return new Binder(more);
    }

    /// The JSON name of a kind or constant: `DenseHebb` and `DENSE_HEBB` are `dense-hebb`.
    public static String kebab(String name) {
        return name.toUpperCase(Locale.ROOT).equals(name)
                ? name.toLowerCase(Locale.ROOT).replace('_', '-')
                : name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                        .toLowerCase(Locale.ROOT);
    }

    /// The value at `pointer`, or empty when anything in it was a problem.
    public <T> Optional<T> bind(Class<T> type, JsonNode node, String pointer, Problems problems) {
        return Optional.ofNullable(type.cast(any(type, node, pointer, problems)));
    }

    private @Nullable Object any(Type type, JsonNode node, String pointer, Problems problems) {
        if (type instanceof WildcardType wildcard) {
            return any(wildcard.getUpperBounds()[0], node, pointer, problems);
        }
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type[] arguments = generic.getActualTypeArguments();
            if (raw == List.class) {
                return list(arguments[0], node, pointer, problems);
            }
            if (raw == SequencedMap.class) {
                return map(arguments[1], node, pointer, problems);
            }
            if (raw == Optional.class) {
                Object value = any(arguments[0], node, pointer, problems);
                return value == null ? null : Optional.of(value);
            }
            return scalarOrRecord(raw, node, pointer, problems);
        }
        return scalarOrRecord((Class<?>) type, node, pointer, problems);
    }

    private @Nullable Object scalarOrRecord(
            Class<?> type, JsonNode node, String pointer, Problems problems) {
        if (type == JsonNode.class) {
            return node;
        }
        if (type == String.class) {
            return node.isTextual() ? node.textValue() : wrong("text", node, pointer, problems);
        }
        if (type == boolean.class || type == Boolean.class) {
            return node.isBoolean()
                    ? (Object) node.booleanValue()
                    : wrong("true or false", node, pointer, problems);
        }
        if (type == double.class || type == Double.class) {
            return node.isNumber()
                    ? (Object) node.doubleValue()
                    : wrong("a number", node, pointer, problems);
        }
        if (type == OptionalDouble.class) {
            return node.isNumber()
                    ? OptionalDouble.of(node.doubleValue())
                    : wrong("a number", node, pointer, problems);
        }
        if (type == int.class || type == Integer.class || type == OptionalInt.class) {
            double value = node.doubleValue();
            if (!node.isNumber()
                    || value != Math.rint(value)
                    || Math.abs(value) > Integer.MAX_VALUE) {
                return wrong("an integer within ±2147483647", node, pointer, problems);
            }
            return type == OptionalInt.class
                    ? (Object) OptionalInt.of((int) value)
                    : (Object) (int) value;
        }
        if (type == long.class || type == Long.class) {
            double value = node.doubleValue();
            return node.isNumber() && value == Math.rint(value) && Math.abs(value) <= 0x1p53
                    ? (Object) (long) value
                    : wrong("an integer within ±2^53", node, pointer, problems);
        }
        if (type.isEnum()) {
            return constant(type, node, pointer, problems);
        }
        if (type.isRecord()) {
            return record(type, node, pointer, problems, false);
        }
        return kind(type, node, pointer, problems);
    }

    private @Nullable Object list(Type element, JsonNode node, String pointer, Problems problems) {
        if (!node.isArray()) {
            return wrong("a list", node, pointer, problems);
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            Object value = any(element, node.get(i), Pointer.of(pointer, i), problems);
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == node.size() ? List.copyOf(values) : null;
    }

    private @Nullable Object map(Type element, JsonNode node, String pointer, Problems problems) {
        if (!node.isObject()) {
            return wrong("an object", node, pointer, problems);
        }
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            Object value =
                    any(element, member.getValue(), Pointer.of(pointer, member.getKey()), problems);
            if (value != null) {
                values.put(member.getKey(), value);
            }
        }
        return values.size() == node.size() ? Collections.unmodifiableSequencedMap(values) : null;
    }

    private static @Nullable Object constant(
            Class<?> type, JsonNode node, String pointer, Problems problems) {
        SequencedMap<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(kebab(((Enum<?>) constant).name()), constant);
        }
        if (!node.isTextual()) {
            return wrong(
                    "one of " + String.join(", ", constants.sequencedKeySet()),
                    node,
                    pointer,
                    problems);
        }
        Object found = constants.get(node.textValue());
        if (found == null) {
            problems.add(
                    pointer,
                    "unknown value \"" + brief(node.textValue()) + "\"",
                    "write one of " + String.join(", ", constants.sequencedKeySet()));
        }
        return found;
    }

    private List<Class<?>> kindsOf(Class<?> type) {
        List<Class<?>> named = kinds.get(type);
        if (named != null) {
            return named;
        }
        Class<?>[] permitted = type.getPermittedSubclasses();
        if (permitted == null) {
            throw new IllegalStateException(
                    type + " is neither bound nor sealed: name its kinds with Binder.with");
        }
        return List.copyOf(Arrays.asList(permitted));
    }

    private @Nullable Object kind(Class<?> type, JsonNode node, String pointer, Problems problems) {
        SequencedMap<String, Class<?>> byName = new LinkedHashMap<>();
        for (Class<?> kind : kindsOf(type)) {
            byName.put(kebab(kind.getSimpleName()), kind);
        }
        if (!node.isObject()) {
            return wrong("an object with a \"kind\"", node, pointer, problems);
        }
        String place = Pointer.of(pointer, "kind");
        JsonNode named = node.get("kind");
        if (named == null) {
            problems.add(
                    place,
                    "\"kind\" is missing",
                    "write one of " + String.join(", ", byName.sequencedKeySet()));
            return null;
        }
        if (!named.isTextual()) {
            return wrong(
                    "one of " + String.join(", ", byName.sequencedKeySet()),
                    named,
                    place,
                    problems);
        }
        Class<?> kind = byName.get(named.textValue());
        if (kind == null) {
            problems.add(
                    place,
                    "unknown kind \"" + brief(named.textValue()) + "\"",
                    Nearest.mend(named.textValue(), byName.sequencedKeySet()));
            return null;
        }
        return kind.isRecord()
                ? record(kind, node, pointer, problems, true)
                : kind(kind, node, pointer, problems);
    }

    private @Nullable Object record(
            Class<?> type, JsonNode node, String pointer, Problems problems, boolean hasKind) {
        if (!node.isObject()) {
            return wrong("an object", node, pointer, problems);
        }
        RecordComponent[] components = type.getRecordComponents();
        SequencedMap<String, RecordComponent> byName = new LinkedHashMap<>();
        for (RecordComponent component : components) {
            byName.put(component.getName(), component);
        }
        boolean whole = true;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String key = member.getKey();
            if (!byName.containsKey(key) && !(hasKind && key.equals("kind"))) {
                problems.add(
                        Pointer.of(pointer, key),
                        "unknown key \"" + brief(key) + "\"",
                        Nearest.mend(key, byName.sequencedKeySet()));
                whole = false;
            }
        }
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            JsonNode child = node.get(name);
            if (child != null) {
                values[i] =
                        any(
                                components[i].getGenericType(),
                                child,
                                Pointer.of(pointer, name),
                                problems);
            } else {
                values[i] = absent(components[i].getType());
                if (values[i] == null) {
                    problems.add(
                            Pointer.of(pointer, name),
                            "\"" + name + "\" is missing",
                            "add \"" + name + "\"");
                }
            }
            whole &= values[i] != null;
        }
        return whole ? construct(type, components, values, pointer, problems) : null;
    }

    private static @Nullable Object absent(Class<?> type) {
        return type == Optional.class
                ? Optional.empty()
                : type == OptionalInt.class
                        ? OptionalInt.empty()
                        : type == OptionalDouble.class ? OptionalDouble.empty() : null;
    }

    private static @Nullable Object construct(
            Class<?> type,
            RecordComponent[] components,
            @Nullable Object[] values,
            String pointer,
            Problems problems) {
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                outOfRange(refusal, components, pointer, problems);
                return null;
            }
            throw new IllegalStateException(type + ": its constructor failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be constructed", e);
        }
    }

    private static void outOfRange(
            IllegalArgumentException refusal,
            RecordComponent[] components,
            String pointer,
            Problems problems) {
        String message = refusal.getMessage() == null ? "out of range" : refusal.getMessage();
        int cut = message.indexOf("; ");
        String problem = cut < 0 ? message : message.substring(0, cut);
        String mend = cut < 0 ? "choose a value in the stated range" : message.substring(cut + 2);
        String place = pointer;
        int first = Integer.MAX_VALUE;
        for (RecordComponent component : components) {
            Matcher word = Pattern.compile("\\b" + component.getName() + "\\b").matcher(message);
            if (word.find() && word.start() < first) {
                first = word.start();
                place = Pointer.of(pointer, component.getName());
            }
        }
        problems.add(place, problem, mend);
    }

    private static @Nullable Object wrong(
            String wanted, JsonNode found, String pointer, Problems problems) {
        problems.add(
                pointer,
                "needs " + wanted + ", found " + brief(Json.canonical(found)),
                "write " + wanted);
        return null;
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
