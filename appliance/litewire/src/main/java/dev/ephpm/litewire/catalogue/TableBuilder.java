package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import java.util.List;

/** Makes a table from CREATE TABLE. */
final class TableBuilder {
    /** MySQL's limit for names of tables, columns and keys, in characters. */
    static final int LONGEST_NAME = 64;

    private TableBuilder() {}

    static TableEdit edit(CreateTable statement, String databaseName, SqlMode mode, String createTime) {
        String name = statement.name().name();
        requireTableName(name);
        Table.TableOptions options = statement.options().appliedTo(TableOptionsText.defaults(), createTime);
        Table empty = new Table(name, List.of(), List.of(), List.of(), List.of(), options, false);
        TableEdit edit = new TableEdit(empty, databaseName, mode);
        statement.columns().forEach(edit::addColumn);
        statement.keys().forEach(edit::addConstraint);
        return edit;
    }

    /** A copy for CREATE TABLE … LIKE: everything but foreign keys. */
    static Table copy(Table original, String name, String createTime) {
        requireTableName(name);
        Table.TableOptions o = original.options();
        Table.TableOptions options = new Table.TableOptions(
                o.engine(), o.charset(), o.collation(), o.comment(), 0, o.rowFormat(), createTime);
        List<Table.Key> keys = original.keys().stream()
                .map(k -> new Table.Key(
                        k.name(),
                        k.kind(),
                        k.parts(),
                        k.comment(),
                        k.storedName() == null ? null : name + "__" + k.name()))
                .toList();
        return new Table(name, original.columns(), keys, List.of(), original.checks(), options, false);
    }

    static void requireTableName(String name) {
        if (name.isEmpty() || name.endsWith(" ") || name.indexOf('\0') >= 0) {
            throw SqlErrorCode.INCORRECT_TABLE_NAME.with(name);
        }
        String shown = TemporaryTables.shown(name);
        if (shown.codePointCount(0, shown.length()) > LONGEST_NAME) {
            throw SqlErrorCode.IDENTIFIER_TOO_LONG.with(shown);
        }
    }
}
