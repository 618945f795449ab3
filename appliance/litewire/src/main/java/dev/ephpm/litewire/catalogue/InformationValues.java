package dev.ephpm.litewire.catalogue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The information_schema tables whose rows are constant. */
final class InformationValues {
    private InformationValues() {}

    /** Rows of SQLite expressions in the order of the table's columns; empty for other tables. */
    static Optional<List<List<String>>> of(String table, String schema) {
        return switch (table) {
            case "SCHEMATA" ->
                Optional.of(List.of(
                        schema("'information_schema'", "utf8mb3", "utf8mb3_general_ci"),
                        schema(schema, "utf8mb4", Catalogue.DEFAULT_COLLATION)));
            case "ENGINES" -> Optional.of(quoted(ServerAnswers.engines()));
            case "CHARACTER_SETS" ->
                Optional.of(Collations.charsets().stream()
                        .map(c -> quoted(Answer.row(
                                c.name(), c.defaultCollation(), c.description(), (long) c.longestCharacter())))
                        .toList());
            case "COLLATIONS" -> Optional.of(quoted(ServerAnswers.collations()));
            case "COLLATION_CHARACTER_SET_APPLICABILITY" ->
                Optional.of(Collations.all().stream()
                        .filter(c -> !c.isOfNoCharset())
                        .map(c -> quoted(
                                Answer.row(c.name(), c.charset(), c.name(), Long.valueOf(c.id()), c.isDefault())))
                        .toList());
            default -> Optional.empty();
        };
    }

    private static List<String> schema(String name, String charset, String collation) {
        return List.of("'def'", name, text(charset), text(collation), "NULL", "''");
    }

    private static List<List<String>> quoted(List<Rows.Row> rows) {
        return rows.stream().map(InformationValues::quoted).toList();
    }

    private static List<String> quoted(Rows.Row row) {
        return row.values().stream().map(InformationValues::text).toList();
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        return value instanceof Long number ? number.toString() : Quoting.storedString(value.toString());
    }
}
