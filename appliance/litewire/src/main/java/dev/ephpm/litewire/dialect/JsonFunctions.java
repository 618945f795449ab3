package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON functions that put values into documents, each in the form its type has there. */
final class JsonFunctions {
    private final Translation translation;

    JsonFunctions(Translation translation) {
        this.translation = translation;
    }

    Optional<Fragment> translate(String name, List<Fragment> arguments) {
        return switch (name) {
            case "JSON_ARRAY" -> Optional.of(array(arguments));
            case "JSON_OBJECT" -> Optional.of(object(arguments));
            case "JSON_QUOTE" -> Optional.of(quoted(arguments));
            case "JSON_SET" -> changed("mysql_json_set", arguments, JsonTypes.changed(arguments));
            case "JSON_INSERT" -> changed("mysql_json_insert", arguments, JsonTypes.changed(arguments));
            case "JSON_REPLACE" -> changed("mysql_json_replace", arguments, JsonTypes.changed(arguments));
            case "JSON_ARRAY_APPEND" -> changed("mysql_json_append", arguments, JsonTypes.appended(arguments));
            case "JSON_ARRAY_INSERT" -> changed("mysql_json_insert_item", arguments, JsonTypes.appended(arguments));
            default -> Optional.empty();
        };
    }

    private Fragment array(List<Fragment> arguments) {
        List<String> items =
                arguments.stream().map(a -> "coalesce(" + text(a) + ", 'null')").toList();
        return document("'['", items, "']'", arguments);
    }

    private Fragment object(List<Fragment> arguments) {
        if (arguments.size() % 2 != 0) {
            throw SqlErrorCode.WRONG_PARAMETER_COUNT.with("JSON_OBJECT");
        }
        List<String> members = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            members.add(member(arguments.get(i), "': '", arguments.get(i + 1)));
        }
        return document("'{'", members, "'}'", arguments);
    }

    /** SQLite text of one member of an object. */
    String member(Fragment name, String colon, Fragment value) {
        String key = "mysql_json_string(" + translation.forms().text(name) + ")";
        return key + " || " + colon + " || coalesce(" + text(value) + ", 'null')";
    }

    private static Fragment document(String open, List<String> parts, String close, List<Fragment> arguments) {
        Type type = JsonTypes.listed(arguments);
        String sql = "(" + open + (parts.isEmpty() ? "" : " || ") + String.join(" || ', ' || ", parts) + " || " + close
                + ")";
        return Fragment.of(type.isText() ? sql : "CAST(" + sql + " AS BLOB)", type);
    }

    /** Of text only; of bytes every one is a character. */
    private Fragment quoted(List<Fragment> arguments) {
        if (arguments.size() != 1) {
            throw SqlErrorCode.WRONG_PARAMETER_COUNT.with("JSON_QUOTE");
        }
        Fragment value = arguments.getFirst();
        String sql = switch (value.type().family()) {
            case NULL, INTEGER, DECIMAL, DOUBLE, YEAR, BIT -> "NULL";
            case BINARY -> "mysql_json_string(" + translation.forms().singleBytes(value) + ")";
            case UNKNOWN -> "mysql_json_quote(" + value.sql() + ")";
            default -> "mysql_json_string(" + translation.forms().text(value) + ")";
        };
        return Fragment.of(sql, JsonTypes.quoted(arguments));
    }

    /** Pairs of a path and a value behind the document. */
    private Optional<Fragment> changed(String function, List<Fragment> arguments, Type type) {
        if (arguments.size() < 3 || arguments.size() % 2 == 0) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            boolean value = i > 0 && i % 2 == 0;
            values.add(value ? text(arguments.get(i)) : translation.forms().text(arguments.get(i)));
        }
        return Optional.of(Fragment.of(function + "(" + String.join(", ", values) + ")", type));
    }

    /** SQLite text of a value as JSON text; NULL stays NULL. */
    String text(Fragment value) {
        Forms forms = translation.forms();
        if (value.isSlot()) {
            return translation.compilation().slot(value.slot(), Conversion.JSON);
        }
        if (isFlag(value)) {
            return "(CASE " + value.sql() + " WHEN 0 THEN 'false' WHEN 1 THEN 'true' END)";
        }
        return switch (value.type().family()) {
            case NULL, INTEGER, DECIMAL, DOUBLE, YEAR, JSON -> forms.text(value);
            case BIT -> "trim(mysql_json_string(" + forms.text(value) + "), '\"')";
            default -> isDocument(value) ? value.sql() : "mysql_json_string(" + forms.text(value) + ")";
        };
    }

    private static boolean isDocument(Fragment value) {
        return value.origin() != null && value.origin().isJson();
    }

    private static boolean isFlag(Fragment value) {
        Type type = value.type().notNull();
        return type.equals(Type.FLAG.notNull()) || type.equals(Type.WORD.notNull());
    }
}
