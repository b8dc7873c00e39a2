package org.phasezoo.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Strict JSON: duplicate keys, trailing tokens, non-finite numbers, integers that a double cannot
/// hold, NUL, text that is not NFC and nesting deeper than 100 are refused.
///
/// *Canonical form* (RFC 8785 with one simplification): no white space; keys sorted by
/// `String.compareTo`; text escaped only where JSON demands it; a number is the shortest decimal
/// that reads back as the same double, in ECMAScript's notation (`1`, `0.5`, `1e-7`, `1e+21`), so
/// `1`, `1.0` and `1e0` are one number. The simplification: a subnormal double keeps the digits of
/// `Double.toString`.
public final class Json {
    private static final int DEEPEST = 100;
    private static final long LARGEST_INTEGER = 1L << 53;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// The document in UTF-8 bytes.
    ///
    /// @param file the name to use in problems
    /// @throws InvalidDocument when it is refused
    public static JsonNode parse(String file, byte[] bytes) {
        try {
            return parse(
                    file,
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw refused(file, "/", "the file is not UTF-8", "save it as UTF-8");
        }
    }

    /// The document in a text.
    ///
    /// @param file the name to use in problems
    /// @throws InvalidDocument when it is refused
    public static JsonNode parse(String file, String text) {
        if (text.isBlank()) {
            throw refused(file, "/", "the file is empty", "write a JSON object");
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw refused(
                    file,
                    "/",
                    what(e),
                    "write one strict JSON value (RFC 8259) and nothing after it");
        }
        Problems problems = new Problems(file);
        check(root, "", problems);
        problems.refuseIfAny();
        return root;
    }

    private static String what(JsonProcessingException e) {
        String message = e.getOriginalMessage() == null ? "no JSON" : e.getOriginalMessage();
        message = message.lines().findFirst().orElse("no JSON").strip();
        message = message.length() > 160 ? message.substring(0, 160) + "…" : message;
        JsonLocation at = e.getLocation();
        return at == null
                ? message
                : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + message;
    }

    private static InvalidDocument refused(
            String file, String pointer, String problem, String mend) {
        return new InvalidDocument(List.of(new Problem(file, pointer, problem, mend)));
    }

    private static void check(JsonNode node, String pointer, Problems problems) {
        if (node.isTextual()) {
            checkText(node.textValue(), pointer, problems);
        } else if (node.isNumber()) {
            double value = node.doubleValue();
            if (!Double.isFinite(value)) {
                problems.add(
                        pointer,
                        "the number is too large for a double",
                        "write a number within ±1.7e308");
            } else if (node.isIntegralNumber()
                    && (!node.canConvertToLong() || Math.abs(node.longValue()) > LARGEST_INTEGER)) {
                problems.add(
                        pointer,
                        "the integer is beyond ±2^53",
                        "write it as text or make it smaller");
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), Pointer.of(pointer, i), problems);
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                checkText(member.getKey(), pointer, problems);
                check(member.getValue(), Pointer.of(pointer, member.getKey()), problems);
            }
        }
    }

    private static void checkText(String text, String pointer, Problems problems) {
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            problems.add(
                    pointer,
                    "the text is not in Unicode normal form C",
                    "normalise the file to NFC");
        }
        if (text.indexOf('\0') >= 0) {
            problems.add(pointer, "the text holds a NUL character", "remove it");
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                problems.add(pointer, "the text holds half of a surrogate pair", "remove it");
                return;
            }
        }
    }

    /// The canonical form, on which digests and keys stand.
    ///
    /// @throws IllegalArgumentException for a number that is not finite
    public static String canonical(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out, true, -1);
        return out.toString();
    }

    /// The document for people: two spaces of indentation, keys in their order, numbers and escapes
    /// as in the canonical form, arrays of scalars on one line, and a line feed at the end.
    public static String pretty(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out, false, 0);
        return out.append('\n').toString();
    }

    private static void write(JsonNode node, StringBuilder out, boolean sorted, int indent) {
        if (node.isObject()) {
            List<String> keys = new ArrayList<>();
            node.fieldNames().forEachRemaining(keys::add);
            if (sorted) {
                keys.sort(String::compareTo);
            }
            int inner = indent < 0 || keys.isEmpty() ? -1 : indent + 1;
            out.append('{');
            for (int i = 0; i < keys.size(); i++) {
                out.append(i == 0 ? "" : ",");
                line(out, inner);
                text(keys.get(i), out);
                out.append(inner < 0 ? ":" : ": ");
                write(node.get(keys.get(i)), out, sorted, inner);
            }
            line(out, inner < 0 ? -1 : indent);
            out.append('}');
        } else if (node.isArray()) {
            boolean flat = indent < 0 || scalars(node.elements());
            int inner = flat ? -1 : indent + 1;
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                out.append(i == 0 ? "" : indent >= 0 && flat ? ", " : ",");
                line(out, inner);
                write(node.get(i), out, sorted, inner);
            }
            line(out, flat ? -1 : indent);
            out.append(']');
        } else if (node.isTextual()) {
            text(node.textValue(), out);
        } else if (node.isNumber()) {
            out.append(number(node.doubleValue()));
        } else {
            out.append(node.isBoolean() ? String.valueOf(node.booleanValue()) : "null");
        }
    }

    private static boolean scalars(Iterator<JsonNode> elements) {
        while (elements.hasNext()) {
            if (elements.next().isContainerNode()) {
                return false;
            }
        }
        return true;
    }

    private static void line(StringBuilder out, int indent) {
        if (indent >= 0) {
            out.append('\n').append("  ".repeat(indent));
        }
    }

    private static void text(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /// The shortest decimal of a double in ECMAScript's notation; `-0` is `0`.
    ///
    /// @throws IllegalArgumentException when it is not finite
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number " + value);
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
        String digits = decimal.unscaledValue().toString();
        int point = digits.length() - decimal.scale();
        String sign = value < 0 ? "-" : "";
        if (point > 21 || point < -5) {
            String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
            int exponent = point - 1;
            return sign
                    + digits.charAt(0)
                    + fraction
                    + "e"
                    + (exponent < 0 ? "-" : "+")
                    + Math.abs(exponent);
        }
        if (point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length()
                ? sign + digits + "0".repeat(point - digits.length())
                : sign + digits.substring(0, point) + "." + digits.substring(point);
    }
}
