package org.phasezoo.document;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// JSON pointers (RFC 6901) as text.
public final class Pointer {
    private Pointer() {}

    /// The pointer of a member of the object at `parent`.
    public static String of(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    /// The pointer of an element of the array at `parent`.
    public static String of(String parent, int index) {
        return parent + "/" + index;
    }

    /// Whether the text is a pointer to something inside a document.
    public static boolean isValid(String pointer) {
        return pointer.startsWith("/")
                && !pointer.replace("~0", "").replace("~1", "").contains("~");
    }

    /// Sets the value at `pointer`. The parent has to exist; a member of an object may be new, an
    /// element may not.
    ///
    /// @return false when there is no such place
    public static boolean set(JsonNode root, String pointer, JsonNode value) {
        JsonPointer place = JsonPointer.compile(pointer);
        if (place.matches()) {
            return false;
        }
        JsonNode parent = root.at(place.head());
        JsonPointer last = place.last();
        if (parent instanceof ObjectNode object) {
            object.set(last.getMatchingProperty(), value);
            return true;
        }
        if (parent instanceof ArrayNode array
                && last.mayMatchElement()
                && last.getMatchingIndex() < array.size()) {
            array.set(last.getMatchingIndex(), value);
            return true;
        }
        return false;
    }
}
