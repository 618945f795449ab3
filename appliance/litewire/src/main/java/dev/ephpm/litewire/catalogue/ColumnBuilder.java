package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import java.util.Optional;

/** Column descriptions from drafts and from other columns. */
final class ColumnBuilder {
    /** MySQL's longest row in bytes bounds VARCHAR. */
    private static final int LONGEST_ROW_BYTES = 65_535;

    private ColumnBuilder() {}

    static TableColumn column(ColumnDraft draft, Table.TableOptions table, SqlMode mode) {
        MySqlType type = type(draft, table);
        if (draft.autoIncrement
                && !type.isInteger()
                && !type.base().equals("double")
                && !type.base().equals("float")) {
            throw SqlErrorCode.WRONG_COLUMN_SPECIFIER.with(draft.name);
        }
        boolean nullable = draft.nullable == null ? !draft.autoIncrement && !draft.primary : draft.nullable;
        if (draft.autoIncrement) {
            nullable = false;
        }
        return new TableColumn(
                draft.name,
                type,
                nullable,
                defaultText(draft, type, nullable, mode),
                draft.autoIncrement,
                onUpdate(draft, type),
                draft.generated == null
                        ? Optional.empty()
                        : Optional.of("(" + ExpressionText.of(draft.generated) + ") "
                                + (draft.stored ? "STORED" : "VIRTUAL")),
                draft.comment);
    }

    private static Optional<String> defaultText(ColumnDraft draft, MySqlType type, boolean nullable, SqlMode mode) {
        if (draft.generated != null) {
            return Optional.empty();
        }
        if (draft.defaultClause == null) {
            return nullable ? Optional.of("NULL") : Optional.empty();
        }
        boolean nullDefault = draft.defaultClause instanceof ColumnDraft.DefaultClause.Null;
        if (draft.autoIncrement || (nullDefault && !nullable)) {
            throw SqlErrorCode.INVALID_DEFAULT.with(draft.name);
        }
        return Optional.of(DefaultText.of(draft.name, type, draft.defaultClause, mode));
    }

    private static Optional<String> onUpdate(ColumnDraft draft, MySqlType type) {
        if (draft.onUpdate == null) {
            return Optional.empty();
        }
        if (!type.base().equals("datetime") && !type.base().equals("timestamp")) {
            throw SqlErrorCode.INVALID_ON_UPDATE.with(draft.name);
        }
        return Optional.of(ColumnParser.nowText(type.scale()));
    }

    private static MySqlType type(ColumnDraft draft, Table.TableOptions table) {
        boolean text = draft.base.endsWith("char")
                || draft.base.endsWith("text")
                || draft.base.equals("enum")
                || draft.base.equals("set");
        if (!text) {
            return new MySqlType(
                    draft.base,
                    draft.length < 0 ? displayWidth(draft.base, draft.unsigned) : draft.length,
                    draft.scale,
                    draft.unsigned,
                    draft.zerofill,
                    draft.values,
                    "",
                    "");
        }
        String collation = collation(draft, table);
        String charset = Collations.collation(collation).charset();
        if (charset.equals("binary") && draft.values.isEmpty()) {
            return new MySqlType(binaryType(draft.base), draft.length, 0, false, false, draft.values, "", "");
        }
        int longest = LONGEST_ROW_BYTES / Collations.charset(charset).longestCharacter();
        if (draft.base.equals("varchar") && draft.length > longest) {
            throw SqlErrorCode.COLUMN_TOO_LONG.with(draft.name, longest);
        }
        return new MySqlType(draft.base, draft.length, 0, false, false, draft.values, charset, collation);
    }

    private static String collation(ColumnDraft draft, Table.TableOptions table) {
        if (draft.collation != null) {
            String charset = Collations.collation(draft.collation).charset();
            if (draft.charset != null && !draft.charset.equals(charset)) {
                throw SqlErrorCode.COLLATION_MISMATCH.with(draft.collation, draft.charset);
            }
            return draft.collation;
        }
        String charset = draft.charset == null ? table.charset() : draft.charset;
        if (draft.binary) {
            return Collations.binaryOf(charset);
        }
        return draft.charset == null
                ? table.collation()
                : Collations.charset(charset).defaultCollation();
    }

    private static String binaryType(String base) {
        return switch (base) {
            case "char" -> "binary";
            case "varchar" -> "varbinary";
            default -> base.replace("text", "blob");
        };
    }

    private static int displayWidth(String base, boolean unsigned) {
        return switch (base) {
            case "tinyint" -> unsigned ? 3 : 4;
            case "smallint" -> unsigned ? 5 : 6;
            case "mediumint" -> unsigned ? 8 : 9;
            case "int" -> unsigned ? 10 : 11;
            case "bigint" -> 20;
            default -> -1;
        };
    }

    static TableColumn named(TableColumn c, String name) {
        return new TableColumn(
                name,
                c.type(),
                c.nullable(),
                c.defaultExpression(),
                c.autoIncrement(),
                c.onUpdate(),
                c.generated(),
                c.comment());
    }

    /** A generated column follows the columns it is made of when they are renamed. */
    static TableColumn withRenamed(TableColumn c, String oldName, String newName) {
        return c.generated().isEmpty()
                ? c
                : new TableColumn(
                        c.name(),
                        c.type(),
                        c.nullable(),
                        c.defaultExpression(),
                        c.autoIncrement(),
                        c.onUpdate(),
                        c.generated().map(g -> g.replace(Quoting.name(oldName), Quoting.name(newName))),
                        c.comment());
    }

    static TableColumn withDefault(TableColumn c, Optional<String> text) {
        return new TableColumn(
                c.name(), c.type(), c.nullable(), text, c.autoIncrement(), c.onUpdate(), c.generated(), c.comment());
    }

    static TableColumn withGenerated(TableColumn c, Optional<String> generated) {
        return new TableColumn(
                c.name(),
                c.type(),
                c.nullable(),
                c.defaultExpression(),
                c.autoIncrement(),
                c.onUpdate(),
                generated,
                c.comment());
    }

    static TableColumn notNull(TableColumn c) {
        Optional<String> text = c.defaultExpression().filter(d -> !d.equals("NULL"));
        return new TableColumn(
                c.name(), c.type(), false, text, c.autoIncrement(), c.onUpdate(), c.generated(), c.comment());
    }

    static TableColumn withCollation(TableColumn c, String charset, String collation) {
        MySqlType t = c.type();
        MySqlType type = new MySqlType(
                t.base(), t.length(), t.scale(), t.unsigned(), t.zerofill(), t.values(), charset, collation);
        return new TableColumn(
                c.name(),
                type,
                c.nullable(),
                c.defaultExpression(),
                c.autoIncrement(),
                c.onUpdate(),
                c.generated(),
                c.comment());
    }
}
