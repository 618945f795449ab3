package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Reads the actions of ALTER TABLE. */
final class AlterTableParser {
    private final TokenReader reader;
    private final ColumnParser columnParser;
    private final List<Alteration> alterations = new ArrayList<>();

    private AlterTableParser(TokenReader reader) {
        this.reader = reader;
        this.columnParser = new ColumnParser(reader);
    }

    /** The reader stands behind the table's name. */
    static List<Alteration> parse(TokenReader reader) {
        AlterTableParser parser = new AlterTableParser(reader);
        reader.acceptAny("wait", "nowait");
        if (!reader.atEnd()) {
            do {
                parser.alteration();
            } while (reader.acceptSymbol(",") || (!reader.atEnd() && parser.atOption()));
        }
        reader.acceptSymbol(";");
        reader.expectEnd();
        return List.copyOf(parser.alterations);
    }

    private boolean atOption() {
        int mark = reader.mark();
        boolean option = TableOptionsText.read(reader, new TableOptionsDraft());
        reader.reset(mark);
        return option;
    }

    private void alteration() {
        if (reader.accept("add")) {
            add();
        } else if (reader.accept("drop")) {
            drop();
        } else if (reader.accept("change")) {
            change();
        } else if (reader.accept("modify")) {
            modify();
        } else if (reader.accept("alter")) {
            alterColumn();
        } else if (reader.accept("rename")) {
            rename();
        } else if (reader.accept("convert", "to")) {
            convert();
        } else if (reader.acceptAny("disable", "enable")) {
            reader.expect("keys");
            alterations.add((edit, change) -> change.note(
                    SqlErrorCode.ENGINE_LACKS_OPTION, edit.options().engine(), change.databaseName(), edit.name()));
        } else if (reader.acceptAny("algorithm", "lock")) {
            reader.acceptSymbol("=");
            reader.name();
        } else if (reader.accept("order", "by")) {
            columnNames();
            alterations.add((edit, change) -> {
                edit.sortRows();
                if (edit.hasKey("PRIMARY")) {
                    change.warn(
                            SqlErrorCode.UNKNOWN_ERROR,
                            "ORDER BY ignored as there is a user-defined clustered index in the table '" + edit.name()
                                    + "'");
                }
            });
        } else if (!reader.acceptAny("force", "nowait", "wait")) {
            option();
        }
    }

    private void columnNames() {
        do {
            reader.name();
            reader.acceptAny("asc", "desc");
        } while (reader.acceptSymbol(","));
    }

    private void option() {
        TableOptionsDraft draft = new TableOptionsDraft();
        if (!TableOptionsText.read(reader, draft)) {
            throw reader.unexpected();
        }
        alterations.add((edit, change) ->
                edit.options(draft.appliedTo(edit.options(), edit.options().createTime())));
    }

    private void add() {
        if (columnParser.atKey()) {
            KeyDraft key = columnParser.key();
            alterations.add((edit, change) -> edit.addConstraint(key));
            return;
        }
        reader.accept("column");
        boolean ifNotExists = reader.accept("if", "not", "exists");
        if (reader.atSymbol("(")) {
            reader.expectSymbol("(");
            do {
                if (columnParser.atKey()) {
                    KeyDraft key = columnParser.key();
                    alterations.add((edit, change) -> edit.addConstraint(key));
                } else {
                    addColumn(columnParser.column(), ifNotExists);
                }
            } while (reader.acceptSymbol(","));
            reader.expectSymbol(")");
            return;
        }
        ColumnDraft column = columnParser.column();
        place(column);
        addColumn(column, ifNotExists);
    }

    private void addColumn(ColumnDraft column, boolean ifNotExists) {
        alterations.add((edit, change) -> {
            if (ifNotExists && edit.hasColumn(column.name)) {
                change.note(SqlErrorCode.DUPLICATE_COLUMN, column.name);
                return;
            }
            edit.addColumn(column);
        });
    }

    private void place(ColumnDraft column) {
        if (reader.accept("first")) {
            column.after = "";
        } else if (reader.accept("after")) {
            column.after = reader.name();
        }
    }

    private void drop() {
        if (reader.accept("primary", "key")) {
            alterations.add((edit, change) -> edit.dropKey("PRIMARY", "INDEX"));
        } else if (reader.accept("foreign", "key")) {
            boolean ifExists = reader.accept("if", "exists");
            String name = reader.name();
            alterations.add((edit, change) -> {
                if (ifExists && !edit.hasForeignKey(name)) {
                    change.note(SqlErrorCode.CANNOT_DROP_FIELD_OR_KEY, "FOREIGN KEY", name);
                    return;
                }
                edit.dropForeignKey(name);
            });
        } else if (reader.acceptAny("index", "key")) {
            dropKey();
        } else if (reader.acceptAny("constraint", "check")) {
            boolean ifExists = reader.accept("if", "exists");
            String name = reader.name();
            alterations.add((edit, change) -> {
                if (!ifExists || edit.hasForeignKey(name) || edit.hasKey(name)) {
                    edit.dropConstraint(name);
                }
            });
        } else {
            dropColumn();
        }
    }

    private void dropKey() {
        boolean ifExists = reader.accept("if", "exists");
        String name = reader.name();
        alterations.add((edit, change) -> {
            if (ifExists && !edit.hasKey(name)) {
                change.note(SqlErrorCode.CANNOT_DROP_FIELD_OR_KEY, "INDEX", name);
                return;
            }
            edit.dropKey(name, "INDEX");
        });
    }

    private void dropColumn() {
        reader.accept("column");
        boolean ifExists = reader.accept("if", "exists");
        String name = reader.name();
        reader.acceptAny("restrict", "cascade");
        alterations.add((edit, change) -> {
            if (ifExists && !edit.hasColumn(name)) {
                change.note(SqlErrorCode.CANNOT_DROP_FIELD_OR_KEY, "COLUMN", name);
                return;
            }
            requireUnreferenced(edit, change, name);
            edit.dropColumn(name);
        });
    }

    private static void requireUnreferenced(TableEdit edit, SchemaChange change, String column) {
        if (!change.checksForeignKeys()) {
            return;
        }
        for (Table other : change.referencing(edit.name(), List.of())) {
            for (Table.ForeignKey key : other.foreignKeys()) {
                boolean needed = key.referencedTable().equals(edit.name())
                        && key.referencedColumns().stream().anyMatch(column::equalsIgnoreCase);
                if (needed) {
                    throw SqlErrorCode.COLUMN_IN_FOREIGN_KEY.with(
                            column, key.name(), change.databaseName(), other.name());
                }
            }
        }
    }

    private void change() {
        reader.accept("column");
        boolean ifExists = reader.accept("if", "exists");
        String old = reader.name();
        ColumnDraft column = columnParser.column();
        place(column);
        changeColumn(old, column, ifExists);
    }

    private void modify() {
        reader.accept("column");
        boolean ifExists = reader.accept("if", "exists");
        ColumnDraft column = columnParser.column();
        place(column);
        changeColumn(column.name, column, ifExists);
    }

    private void changeColumn(String old, ColumnDraft column, boolean ifExists) {
        alterations.add((edit, change) -> {
            if (!ifExists || edit.hasColumn(old)) {
                edit.changeColumn(old, column);
            }
        });
    }

    private void alterColumn() {
        reader.accept("column");
        reader.accept("if", "exists");
        String name = reader.name();
        if (reader.accept("drop", "default")) {
            alterations.add((edit, change) -> edit.setDefault(name, null));
            return;
        }
        reader.expect("set", "default");
        ColumnDraft.DefaultClause clause = columnParser.defaultClause();
        alterations.add((edit, change) -> edit.setDefault(name, clause));
    }

    private void rename() {
        if (reader.accept("column")) {
            reader.accept("if", "exists");
            String old = reader.name();
            reader.expect("to");
            String name = reader.name();
            alterations.add((edit, change) -> edit.renameColumn(old, name));
        } else if (reader.acceptAny("index", "key")) {
            reader.accept("if", "exists");
            String old = reader.name();
            reader.expect("to");
            String name = reader.name();
            alterations.add((edit, change) -> edit.renameKey(old, name));
        } else {
            reader.acceptAny("to", "as");
            reader.acceptSymbol("=");
            TokenReader.QualifiedName name = reader.qualifiedName();
            alterations.add((edit, change) -> {
                String newName = change.own(name);
                if (!newName.equals(TemporaryTables.shown(edit.name()))) {
                    edit.rename(Definitions.newName(change, edit.name(), newName));
                }
            });
        }
    }

    private void convert() {
        if (!reader.accept("charset")) {
            reader.expect("character", "set");
        }
        String name = reader.nameOrString();
        String charset = name.equalsIgnoreCase("default")
                ? "utf8mb4"
                : Collations.charset(name).name();
        String collation = reader.accept("collate")
                ? Collations.collation(reader.nameOrString()).name()
                : Collations.charset(charset).defaultCollation();
        if (!Collations.collation(collation).charset().equals(charset)) {
            throw SqlErrorCode.COLLATION_MISMATCH.with(collation, charset);
        }
        alterations.add((edit, change) -> edit.convert(charset, collation));
    }
}
