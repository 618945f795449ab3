package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.catalogue.MySqlType;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import dev.ephpm.litewire.catalogue.TemporaryTables;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Column definitions of results, as MariaDB 10.11 sends them. */
final class ResultColumns {
    private static final int BYTES_PER_CHARACTER = 4;
    private static final long LONGEST = 4_294_967_295L;
    private static final long LONGEST_DESCRIPTION = 786_420;
    private static final long LONGEST_DEFAULT = 786_384;
    private static final int LONGEST_LONG = 11;
    private static final int LONGEST_VARCHAR = 65_535;
    private static final int LONGEST_MEDIUM = 16_777_215;

    private static final Map<String, Integer> COLLATION_IDS = Map.of(
            "utf8mb4_general_ci", 45,
            "utf8mb4_bin", 46,
            "utf8mb4_unicode_ci", 224,
            "utf8mb4_unicode_520_ci", 246,
            "utf8mb4_0900_ai_ci", 255,
            "utf8mb3_general_ci", 33,
            "utf8_general_ci", 33,
            "latin1_swedish_ci", 8);

    private ResultColumns() {}

    static int collationId(String collation) {
        return Objects.requireNonNullElse(COLLATION_IDS.get(collation), Column.CHARACTER_SET_UTF8MB4_GENERAL_CI);
    }

    /** An expression that is no plain column. */
    static Column ofExpression(String name, Type type, int textCharset) {
        ColumnType wire = wireType(type);
        return Column.ofExpression(
                name, wire, wireLength(type), charset(type, textCharset), flags(type), decimals(type));
    }

    private static int decimals(Type type) {
        return switch (type.family()) {
            case INTEGER, YEAR, BIT, NULL, DATE -> 0;
            case BINARY -> type.isBinaryLiteral() ? 0 : type.decimals();
            default -> type.decimals();
        };
    }

    private static ColumnType wireType(Type type) {
        ColumnType fixed = type.wire();
        if (fixed != null) {
            return fixed;
        }
        return switch (type.family()) {
            case NULL -> ColumnType.NULL;
            case INTEGER ->
                type.length() <= (type.unsigned() ? LONGEST_LONG - 1 : LONGEST_LONG)
                        ? ColumnType.LONG
                        : ColumnType.LONGLONG;
            case DECIMAL -> ColumnType.NEWDECIMAL;
            case DOUBLE -> ColumnType.DOUBLE;
            case YEAR -> ColumnType.YEAR;
            case BIT -> ColumnType.BIT;
            case DATE -> ColumnType.DATE;
            case TIME -> ColumnType.TIME;
            case DATETIME -> ColumnType.DATETIME;
            case TEXT, JSON, UNKNOWN -> byLength(type.bytes());
            case BINARY -> byLength(type.length());
        };
    }

    private static ColumnType byLength(long bytes) {
        if (bytes <= LONGEST_VARCHAR) {
            return ColumnType.VAR_STRING;
        }
        return bytes <= LONGEST_MEDIUM ? ColumnType.MEDIUM_BLOB : ColumnType.LONG_BLOB;
    }

    private static long wireLength(Type type) {
        return switch (type.family()) {
            // Long text is announced four times as long as its own four-byte characters need.
            case TEXT, JSON, UNKNOWN ->
                type.bytes() <= LONGEST_VARCHAR ? type.bytes() : Math.min(LONGEST, type.bytes() * BYTES_PER_CHARACTER);
            default -> type.displayLength();
        };
    }

    private static int charset(Type type, int textCharset) {
        return type.isText() || type.family() == Type.Family.UNKNOWN ? textCharset : Column.CHARACTER_SET_BINARY;
    }

    private static int flags(Type type) {
        int flags = type.nullable() ? 0 : Column.NOT_NULL;
        flags |= type.unsigned() ? Column.UNSIGNED : 0;
        boolean text = type.isText() || type.family() == Type.Family.UNKNOWN;
        flags |= !text || type.binaryText() ? Column.BINARY : 0;
        boolean number = switch (type.family()) {
            case INTEGER, DOUBLE, YEAR, NULL -> true;
            default -> false;
        };
        return number ? flags | Column.NUM : flags;
    }

    /** A stored column, named as the statement names it. */
    static Column ofColumn(
            String database, String tableAlias, Table table, TableColumn column, String name, int textCharset) {
        MySqlType type = column.type();
        boolean binary = !type.isText() || type.collation().equals("binary");
        boolean described = database.equals("information_schema");
        return new Column(
                database,
                tableAlias,
                TemporaryTables.shown(table.name()),
                name,
                column.name(),
                storedType(type.base()),
                described ? describedLength(column) : storedLength(type),
                binary ? Column.CHARACTER_SET_BINARY : textCharset,
                storedFlags(table, column) | (described ? Column.NO_DEFAULT_VALUE : 0),
                storedDecimals(type));
    }

    /** Long texts of information_schema are shorter than those of tables. */
    private static long describedLength(TableColumn column) {
        boolean computed =
                column.name().equals("COLUMN_DEFAULT") || column.name().equals("GENERATION_EXPRESSION");
        return column.type().base().equals("longtext")
                ? (computed ? LONGEST_DEFAULT : LONGEST_DESCRIPTION)
                : storedLength(column.type());
    }

    static ColumnType storedType(String base) {
        return switch (base) {
            case "tinyint" -> ColumnType.TINY;
            case "smallint" -> ColumnType.SHORT;
            case "mediumint" -> ColumnType.INT24;
            case "int" -> ColumnType.LONG;
            case "bigint" -> ColumnType.LONGLONG;
            case "decimal" -> ColumnType.NEWDECIMAL;
            case "float" -> ColumnType.FLOAT;
            case "double" -> ColumnType.DOUBLE;
            case "year" -> ColumnType.YEAR;
            case "bit" -> ColumnType.BIT;
            case "date" -> ColumnType.DATE;
            case "time" -> ColumnType.TIME;
            case "datetime" -> ColumnType.DATETIME;
            case "timestamp" -> ColumnType.TIMESTAMP;
            case "char", "binary", "enum", "set" -> ColumnType.STRING;
            case "varchar", "varbinary" -> ColumnType.VAR_STRING;
            default -> ColumnType.BLOB;
        };
    }

    private static long storedLength(MySqlType type) {
        return switch (type.base()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> ColumnTypes.integerWidth(type);
            case "decimal" ->
                (type.length() < 0 ? 10 : type.length()) + (type.scale() > 0 ? 1L : 0L) + (type.unsigned() ? 0L : 1L);
            case "float" -> type.length() > 0 ? type.length() : 12;
            case "double" -> type.length() > 0 ? type.length() : 22;
            case "year" -> 4;
            case "bit" -> Math.max(type.length(), 1);
            case "date" -> 10;
            case "time" -> 10 + (type.scale() > 0 ? type.scale() + 1L : 0L);
            case "datetime", "timestamp" -> 19 + (type.scale() > 0 ? type.scale() + 1L : 0L);
            default ->
                type.isText() && !type.collation().equals("binary")
                        ? Math.min(LONGEST, ColumnTypes.characters(type) * BYTES_PER_CHARACTER)
                        : ColumnTypes.characters(type);
        };
    }

    private static int storedDecimals(MySqlType type) {
        return switch (type.base()) {
            case "decimal", "time", "datetime", "timestamp" -> type.scale();
            case "float", "double" -> type.length() > 0 ? type.scale() : 31;
            default -> 0;
        };
    }

    private static int storedFlags(Table table, TableColumn column) {
        int flags = column.nullable() ? 0 : Column.NOT_NULL;
        boolean defaultless = column.defaultExpression().isEmpty()
                && column.generated().isEmpty()
                && !column.autoIncrement()
                && !column.nullable();
        flags |= defaultless ? Column.NO_DEFAULT_VALUE : 0;
        flags |= column.autoIncrement() ? Column.AUTO_INCREMENT : 0;
        flags |= column.onUpdate().isPresent() ? Column.ON_UPDATE_NOW : 0;
        return flags | keyFlags(table, column) | typeFlags(column.type(), column);
    }

    /** The first unique key without NULL stands in for a primary key. */
    private static Table.@Nullable Key primary(Table table) {
        for (Table.Key key : table.keys()) {
            boolean unique = key.kind() == Table.Key.Kind.PRIMARY || key.kind() == Table.Key.Kind.UNIQUE;
            boolean certain = key.parts().stream()
                    .allMatch(p -> p.prefix() == 0
                            && table.column(p.column())
                                    .filter(c -> !c.nullable())
                                    .isPresent());
            if (unique && certain) {
                return key;
            }
        }
        return null;
    }

    private static int keyFlags(Table table, TableColumn column) {
        Table.Key primary = primary(table);
        int flags = 0;
        for (Table.Key key : table.keys()) {
            for (int i = 0; i < key.parts().size(); i++) {
                if (!key.parts().get(i).column().equalsIgnoreCase(column.name())) {
                    continue;
                }
                boolean whole = key.parts().get(i).prefix() == 0;
                flags |= whole && key.kind() != Table.Key.Kind.FULLTEXT ? Column.PART_OF_KEY : 0;
                flags |= key.equals(primary) ? Column.PRIMARY_KEY : keyFlag(key, i);
            }
        }
        return flags;
    }

    private static int keyFlag(Table.Key key, int position) {
        return switch (key.kind()) {
            case PRIMARY -> Column.PRIMARY_KEY;
            case UNIQUE -> {
                int multiple = position == 0 ? Column.MULTIPLE_KEY : 0;
                yield key.parts().size() == 1 ? Column.UNIQUE_KEY : multiple;
            }
            case PLAIN, FULLTEXT -> position == 0 ? Column.MULTIPLE_KEY : 0;
        };
    }

    private static int typeFlags(MySqlType type, TableColumn column) {
        int flags = type.unsigned() ? Column.UNSIGNED : 0;
        flags |= type.zerofill() ? Column.ZEROFILL : 0;
        boolean binaryText = type.isText() && ColumnTypes.isBinary(type.collation());
        return switch (type.base()) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "float", "double" -> flags | Column.NUM;
            case "year" -> flags | Column.NUM | Column.UNSIGNED | Column.ZEROFILL;
            case "bit" -> flags | Column.UNSIGNED;
            case "date", "time", "datetime", "binary", "varbinary" -> flags | Column.BINARY;
            case "timestamp" -> {
                boolean automatic = column.onUpdate().isPresent();
                yield flags | Column.BINARY | Column.UNSIGNED | (automatic ? Column.TIMESTAMP : 0);
            }
            case "enum" -> flags | Column.ENUM | (binaryText ? Column.BINARY : 0);
            case "set" -> flags | Column.SET | (binaryText ? Column.BINARY : 0);
            case "tinyblob", "blob", "mediumblob", "longblob", "json" -> flags | Column.BLOB | Column.BINARY;
            case "tinytext", "text", "mediumtext", "longtext" -> flags | Column.BLOB | (binaryText ? Column.BINARY : 0);
            default -> flags | (binaryText ? Column.BINARY : 0);
        };
    }
}
