package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table as SQLite stores it. Only SQLite's own types, collations and functions are used, so that any SQLite tool can open,
 * query and dump the file.
 */
final class StoredTable {
    /** Text in our own definitions is read with MariaDB's default quoting rules. */
    static final SqlMode DEFINITION_MODE = new SqlMode(false, false, false, false, false, false, false, false, false);

    private final Table table;
    private final Schema schema;

    /** @param schema where referenced tables are looked up */
    StoredTable(Table table, Schema schema) {
        this.table = table;
        this.schema = schema;
    }

    /** Whether SQLite's rowid enforces the key: it is the AUTO_INCREMENT column alone. */
    static boolean isRowid(Table.Key key, List<TableColumn> columns) {
        boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
        return unique
                && key.parts().size() == 1
                && columns.stream()
                        .anyMatch(c -> c.autoIncrement()
                                && c.type().isInteger()
                                && c.name()
                                        .equalsIgnoreCase(key.parts().getFirst().column()));
    }

    /** CREATE TABLE under the given name, without indexes. */
    String create(String name) {
        List<String> clauses = new ArrayList<>();
        table.columns().forEach(c -> clauses.add(column(c)));
        clauses.addAll(constraints());
        return "CREATE TABLE " + Quoting.stored(name) + " (\n  " + String.join(",\n  ", clauses) + "\n)";
    }

    /** One column's clause. */
    String column(TableColumn column) {
        StringBuilder text =
                new StringBuilder(Quoting.stored(column.name())).append(' ').append(declaredType(column.type()));
        if (isRowid(column)) {
            return text.append(" PRIMARY KEY AUTOINCREMENT").toString();
        }
        if (!column.nullable() && !isSequenced(column)) {
            text.append(" NOT NULL");
        }
        generated(column)
                .ifPresentOrElse(
                        text::append,
                        () -> defaultValue(column)
                                .ifPresent(d -> text.append(" DEFAULT ").append(d)));
        return text.toString();
    }

    private boolean isRowid(TableColumn column) {
        return column.autoIncrement()
                && table.keys().stream()
                        .anyMatch(k -> isRowid(k, table.columns())
                                && k.parts().getFirst().column().equalsIgnoreCase(column.name()));
    }

    /** An AUTO_INCREMENT column that is only part of a key: a trigger gives it its value. */
    private boolean isSequenced(TableColumn column) {
        return column.autoIncrement() && !isRowid(column);
    }

    static String declaredType(MySqlType type) {
        return switch (type.base()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "year", "bit" -> "INTEGER";
            case "decimal" -> "NUMERIC";
            case "float", "double" -> "REAL";
            case "date", "time", "datetime", "timestamp", "inet4", "inet6", "uuid" -> "TEXT";
            default -> {
                if (!type.isText()) {
                    yield "BLOB";
                }
                yield Collations.isCaseSensitive(type.collation()) ? "TEXT" : "TEXT COLLATE NOCASE";
            }
        };
    }

    private static Optional<String> generated(TableColumn column) {
        return column.generated().map(g -> {
            int end = g.lastIndexOf(')') + 1;
            TokenReader reader = new TokenReader(g.substring(0, end), DEFINITION_MODE);
            String text = StoredExpression.of(ExpressionParser.parse(reader)).orElse("NULL");
            return " GENERATED ALWAYS AS (" + text + ")" + g.substring(end);
        });
    }

    /** The DEFAULT of a column in SQLite's words, or empty when there is none or plain SQLite cannot say it. */
    static Optional<String> defaultValue(TableColumn column) {
        if (column.defaultExpression().isEmpty()) {
            return Optional.empty();
        }
        String text = column.defaultExpression().get();
        if (text.startsWith("current_timestamp(")) {
            return Optional.of(
                    column.type().scale() == 0 ? "CURRENT_TIMESTAMP" : "(strftime('%Y-%m-%d %H:%M:%f', 'now'))");
        }
        TokenReader reader = new TokenReader(text, DEFINITION_MODE);
        boolean literal = reader.peek(1).kind() == Token.Kind.END || reader.atSymbol("-");
        Token token = reader.peek();
        if (literal && token.kind() == Token.Kind.STRING) {
            boolean blob = column.type().isBinary();
            return Optional.of(blob ? Quoting.storedBytes(token.text()) : Quoting.storedString(token.text()));
        }
        if (literal && token.kind() == Token.Kind.BITS) {
            return Optional.of(Long.toUnsignedString(Long.parseUnsignedLong(token.text(), 2)));
        }
        if (literal) {
            return text.equals("NULL") ? Optional.empty() : Optional.of(text);
        }
        return StoredExpression.of(ExpressionParser.parse(reader)).map(e -> "(" + e + ")");
    }

    private List<String> constraints() {
        List<String> clauses = new ArrayList<>();
        for (Table.Check check : table.checks()) {
            TokenReader reader = new TokenReader(check.expression(), DEFINITION_MODE);
            StoredExpression.of(ExpressionParser.parse(reader))
                    .ifPresent(e -> clauses.add("CONSTRAINT " + Quoting.stored(check.name()) + " CHECK (" + e + ")"));
        }
        for (Table.ForeignKey foreignKey : table.foreignKeys()) {
            if (isEnforceable(foreignKey)) {
                clauses.add(foreignKey(foreignKey));
            }
        }
        return clauses;
    }

    /** SQLite wants the referenced columns unique; InnoDB is content with any index. */
    private boolean isEnforceable(Table.ForeignKey foreignKey) {
        Optional<Table> parent = foreignKey.referencedTable().equals(table.name())
                ? Optional.of(table)
                : schema.table(foreignKey.referencedTable());
        return parent.isEmpty() || parent.get().keys().stream().anyMatch(k -> isUniqueOn(k, foreignKey));
    }

    private static boolean isUniqueOn(Table.Key key, Table.ForeignKey foreignKey) {
        boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
        List<Table.Key.Part> wanted = foreignKey.referencedColumns().stream()
                .map(c -> new Table.Key.Part(c, 0, false))
                .toList();
        return unique && key.parts().size() == wanted.size() && KeyRules.startsWith(key.parts(), wanted);
    }

    private static String foreignKey(Table.ForeignKey key) {
        String text = "CONSTRAINT " + Quoting.stored(key.name()) + " FOREIGN KEY (" + names(key.columns())
                + ") REFERENCES " + Quoting.stored(key.referencedTable()) + " (" + names(key.referencedColumns()) + ")";
        if (!key.onDelete().equals("RESTRICT")) {
            text += " ON DELETE " + key.onDelete();
        }
        return key.onUpdate().equals("RESTRICT") ? text : text + " ON UPDATE " + key.onUpdate();
    }

    /** CREATE INDEX of every key that has an index of its own. */
    List<String> indexes() {
        return table.keys().stream()
                .filter(k -> k.storedName() != null)
                .map(this::index)
                .toList();
    }

    String index(Table.Key key) {
        boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
        String parts = key.parts().stream().map(p -> part(p, unique)).collect(Collectors.joining(", "));
        return "CREATE " + (unique ? "UNIQUE " : "") + "INDEX "
                + Quoting.stored(String.valueOf(key.storedName())) + " ON " + Quoting.stored(table.name()) + " ("
                + parts
                + ")";
    }

    /** A prefix matters only for uniqueness; for searching, the whole column serves more queries. */
    private String part(Table.Key.Part part, boolean unique) {
        String column = Quoting.stored(part.column());
        if (unique && part.prefix() > 0) {
            String collation = table.column(part.column())
                    .filter(c -> declaredType(c.type()).endsWith("NOCASE"))
                    .map(c -> " COLLATE NOCASE")
                    .orElse("");
            column = "substr(" + column + ", 1, " + part.prefix() + ")" + collation;
        }
        return part.descending() ? column + " DESC" : column;
    }

    /** The trigger that numbers rows when the AUTO_INCREMENT column is not the rowid. */
    Optional<String> sequence() {
        return table.columns().stream().filter(this::isSequenced).findFirst().map(c -> {
            String name = Quoting.storedString(table.name());
            String column = Quoting.stored(c.name());
            String of = Quoting.stored(table.name());
            return "CREATE TRIGGER " + Quoting.stored(table.name() + "__auto_increment") + " AFTER INSERT ON " + of
                    + " BEGIN\n  INSERT INTO " + CatalogueTables.SEQUENCES + " (name, last) VALUES (" + name
                    + ", coalesce(new." + column + ", 1)) ON CONFLICT (name) DO UPDATE SET last = max(last + (new."
                    + column + " IS NULL), coalesce(new." + column + ", 0));\n  UPDATE " + of + " SET " + column
                    + " = (SELECT last FROM " + CatalogueTables.SEQUENCES + " WHERE name = " + name
                    + ") WHERE rowid = new.rowid AND new." + column + " IS NULL;\nEND";
        });
    }

    private static String names(List<String> names) {
        return names.stream().map(Quoting::stored).collect(Collectors.joining(", "));
    }
}
