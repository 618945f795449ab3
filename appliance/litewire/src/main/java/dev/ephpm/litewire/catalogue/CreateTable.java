package dev.ephpm.litewire.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CREATE TABLE as written.
 *
 * @param like the table to copy, or null
 * @param select text of AS SELECT, or empty
 */
record CreateTable(
        TokenReader.QualifiedName name,
        boolean ifNotExists,
        boolean orReplace,
        boolean temporary,
        List<ColumnDraft> columns,
        List<KeyDraft> keys,
        TableOptionsDraft options,
        TokenReader.@Nullable QualifiedName like,
        String select) {
    CreateTable named(String newName) {
        return new CreateTable(
                new TokenReader.QualifiedName(name.database(), newName),
                ifNotExists,
                orReplace,
                temporary,
                columns,
                keys,
                options,
                like,
                select);
    }
}
