package dev.ephpm.litewire.dialect;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON documents. */
final class JsonText {
    private final String comma;
    private final String colon;
    private final StringBuilder text = new StringBuilder();

    JsonText(String comma, String colon) {
        this.comma = comma;
        this.colon = colon;
    }

    String write(@Nullable Object value) {
        add(value);
        return text.toString();
    }

    private void add(@Nullable Object value) {
        switch (value) {
            case Map<?, ?> members -> {
                String separator = "{";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    text.append(separator)
                            .append(Json.quoted(String.valueOf(member.getKey())))
                            .append(colon);
                    add(member.getValue());
                    separator = comma;
                }
                text.append(members.isEmpty() ? "{}" : "}");
            }
            case List<?> items -> {
                String separator = "[";
                for (Object item : items) {
                    text.append(separator);
                    add(item);
                    separator = comma;
                }
                text.append(items.isEmpty() ? "[]" : "]");
            }
            case Json.Scalar scalar -> text.append(scalar.quoted() ? Json.quoted(scalar.text()) : scalar.text());
            case null, default -> text.append("null");
        }
    }

    /** Every member and item on a line of its own, as JSON_DETAILED has it. */
    static String detailed(Object value, int indent) {
        StringBuilder text = new StringBuilder();
        lines(value, "\n", " ".repeat(Math.clamp(indent, 0, 16)), text);
        return text.toString();
    }

    private static void lines(Object value, String line, String indent, StringBuilder text) {
        String inner = line + indent;
        switch (value) {
            case Map<?, ?> members -> {
                String separator = "{";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    text.append(separator).append(inner).append(Json.quoted(String.valueOf(member.getKey())));
                    boolean structure = !(member.getValue() instanceof Json.Scalar);
                    text.append(": ").append(structure ? inner : "");
                    lines(member.getValue(), inner, indent, text);
                    separator = ",";
                }
                text.append(members.isEmpty() ? "{" : "").append(line).append('}');
            }
            case List<?> items -> {
                boolean onOneLine = items.isEmpty() || (items.size() == 1 && items.getFirst() instanceof Json.Scalar);
                String separator = "[";
                for (Object item : items) {
                    text.append(separator).append(onOneLine ? "" : inner);
                    lines(item, inner, indent, text);
                    separator = ",";
                }
                text.append(items.isEmpty() ? "[" : "")
                        .append(onOneLine ? "" : line)
                        .append(']');
            }
            default -> text.append(Json.write(value));
        }
    }
}
