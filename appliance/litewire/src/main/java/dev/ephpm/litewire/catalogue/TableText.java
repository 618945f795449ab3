package dev.ephpm.litewire.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints tables the way SHOW CREATE TABLE of MariaDB 10.11 does, byte for byte. */
final class TableText {
    private TableText() {}

    /** @param nextAutoIncrement printed when above 1 */
    static String create(Table table, long nextAutoIncrement) {
        StringBuilder text = new StringBuilder("CREATE TABLE ")
                .append(Quoting.name(table.name()))
                .append(" (\n");
        for (TableColumn column : table.columns()) {
            text.append("  ").append(column(table, column)).append(",\n");
        }
        for (Table.Key key : table.keys()) {
            text.append("  ").append(key(key)).append(",\n");
        }
        for (Table.ForeignKey foreignKey : table.foreignKeys()) {
            text.append("  ").append(foreignKey(foreignKey)).append(",\n");
        }
        for (Table.Check check : table.checks()) {
            if (check.column().isEmpty()) {
                text.append("  CONSTRAINT ")
                        .append(Quoting.name(check.name()))
                        .append(" CHECK (")
                        .append(check.expression())
                        .append("),\n");
            }
        }
        text.setLength(text.length() - 2);
        return text.append("\n) ")
                .append(TableOptionsText.print(table.options(), nextAutoIncrement))
                .toString();
    }

    private static String column(Table table, TableColumn column) {
        StringBuilder text =
                new StringBuilder(Quoting.name(column.name())).append(' ').append(type(column.type()));
        MySqlType type = column.type();
        Table.TableOptions options = table.options();
        boolean ownCollation = !type.collation().equals(options.collation());
        Optional<Table.Check> check = table.checks().stream()
                .filter(c -> c.column().isPresent() && c.column().get().equals(column.name()))
                .findFirst();
        boolean json = check.isPresent() && check.get().expression().startsWith("json_valid(");
        if (type.isText() && (ownCollation || json)) {
            text.append(" CHARACTER SET ")
                    .append(type.charset())
                    .append(" COLLATE ")
                    .append(type.collation());
        }
        column.generated().ifPresent(g -> text.append(" GENERATED ALWAYS AS ").append(g));
        if (!column.nullable()) {
            text.append(" NOT NULL");
        } else if (type.base().equals("timestamp")) {
            text.append(" NULL");
        }
        column.defaultExpression().ifPresent(d -> text.append(" DEFAULT ").append(d));
        column.onUpdate().ifPresent(u -> text.append(" ON UPDATE ").append(u));
        if (column.autoIncrement()) {
            text.append(" AUTO_INCREMENT");
        }
        if (!column.comment().isEmpty()) {
            text.append(" COMMENT ").append(Quoting.string(column.comment()));
        }
        check.ifPresent(c -> text.append(" CHECK (").append(c.expression()).append(')'));
        return text.toString();
    }

    /** The type as DESCRIBE and COLUMN_TYPE show it. */
    static String type(MySqlType type) {
        String arguments = switch (type.base()) {
            case "decimal" -> "(" + type.length() + "," + type.scale() + ")";
            case "float", "double" -> type.length() > 0 ? "(" + type.length() + "," + type.scale() + ")" : "";
            case "time", "datetime", "timestamp" -> type.scale() > 0 ? "(" + type.scale() + ")" : "";
            case "enum", "set" ->
                type.values().stream().map(Quoting::string).collect(Collectors.joining(",", "(", ")"));
            case "tinytext", "text", "mediumtext", "longtext", "tinyblob", "blob", "mediumblob", "longblob" -> "";
            default -> type.length() >= 0 ? "(" + type.length() + ")" : "";
        };
        String text = type.base() + arguments;
        if (type.unsigned()) {
            text += " unsigned";
        }
        return type.zerofill() ? text + " zerofill" : text;
    }

    private static String key(Table.Key key) {
        String head = switch (key.kind()) {
            case PRIMARY -> "PRIMARY KEY ";
            case UNIQUE -> "UNIQUE KEY " + Quoting.name(key.name()) + " ";
            case PLAIN -> "KEY " + Quoting.name(key.name()) + " ";
            case FULLTEXT -> "FULLTEXT KEY " + Quoting.name(key.name()) + " ";
        };
        String parts = key.parts().stream()
                .map(p -> Quoting.name(p.column())
                        + (p.prefix() > 0 ? "(" + p.prefix() + ")" : "")
                        + (p.descending() ? " DESC" : ""))
                .collect(Collectors.joining(",", "(", ")"));
        String comment = key.comment().isEmpty() ? "" : " COMMENT " + Quoting.string(key.comment());
        return head + parts + comment;
    }

    /** {@code CONSTRAINT … FOREIGN KEY … REFERENCES …}, as errors 1451 and 1452 quote it, too. */
    static String foreignKey(Table.ForeignKey key) {
        StringBuilder text = new StringBuilder("CONSTRAINT ")
                .append(Quoting.name(key.name()))
                .append(" FOREIGN KEY (")
                .append(names(key.columns()))
                .append(") REFERENCES ")
                .append(Quoting.name(key.referencedTable()))
                .append(" (")
                .append(names(key.referencedColumns()))
                .append(')');
        if (!key.onDelete().equals("RESTRICT")) {
            text.append(" ON DELETE ").append(key.onDelete());
        }
        if (!key.onUpdate().equals("RESTRICT")) {
            text.append(" ON UPDATE ").append(key.onUpdate());
        }
        return text.toString();
    }

    private static String names(List<String> names) {
        return names.stream().map(Quoting::name).collect(Collectors.joining(", "));
    }

    /** Upper-case engine row format as SHOW TABLE STATUS shows it. */
    static String rowFormat(Table.TableOptions options) {
        if (options.rowFormat().isEmpty()) {
            return "Dynamic";
        }
        String lower = options.rowFormat().toLowerCase(Locale.ROOT);
        return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }
}
