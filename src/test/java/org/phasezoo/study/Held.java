package org.phasezoo.study;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.phasezoo.data.Split;
import org.phasezoo.engine.Workspace;

/// What real objects hold, found by following their fields.
public final class Held {
    private Held() {}

    /// Bytes of the arrays of real numbers of all workspaces behind these objects.
    public static long arenas(Object... roots) {
        long bytes = 0;
        for (Object work : reached(Workspace.class, roots)) {
            for (Field field : work.getClass().getDeclaredFields()) {
                bytes += bytes(value(field, work));
            }
        }
        return bytes;
    }

    /// Bytes of the tables of examples of all splits behind these objects.
    public static long splits(Object... roots) {
        long bytes = 0;
        for (Object found : reached(Split.class, roots)) {
            Split split = (Split) found;
            bytes += bytes(split.inputs()) + bytes(split.targets());
            bytes += 4L * split.labels().length;
        }
        return bytes;
    }

    /// Bytes of an array of real numbers; of anything else none.
    public static long bytes(Object array) {
        return switch (array) {
            case float[] a -> 4L * a.length;
            case double[] a -> 8L * a.length;
            case null, default -> 0;
        };
    }

    private static List<Object> reached(Class<?> type, Object... roots) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> open = new ArrayList<>(List.of(roots));
        List<Object> found = new ArrayList<>();
        while (!open.isEmpty()) {
            Object one = open.removeLast();
            if (!seen.add(one)) {
                continue;
            }
            if (type.isInstance(one)) {
                found.add(one);
            } else if (one instanceof Iterable<?> several && !(one instanceof java.nio.file.Path)) {
                several.forEach(open::add);
            } else if (one instanceof Object[]) {
                for (int i = 0; i < Array.getLength(one); i++) {
                    add(Array.get(one, i), open);
                }
            } else if (one.getClass().getName().startsWith("org.phasezoo.")) {
                for (Field field : one.getClass().getDeclaredFields()) {
                    add(value(field, one), open);
                }
            }
        }
        return found;
    }

    private static void add(Object value, List<Object> open) {
        if (value != null) {
            open.add(value);
        }
    }

    private static Object value(Field field, Object of) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
