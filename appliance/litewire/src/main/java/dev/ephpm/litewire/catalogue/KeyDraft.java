package dev.ephpm.litewire.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key or constraint as written; the name is null when MySQL shall make one. */
sealed interface KeyDraft {
    record Index(
            @Nullable String name, Table.Key.Kind kind, List<Table.Key.Part> parts, String comment, boolean ifNotExists)
            implements KeyDraft {}

    record Foreign(
            @Nullable String name,
            @Nullable String indexName,
            List<String> columns,
            TokenReader.QualifiedName referenced,
            List<String> referencedColumns,
            String onDelete,
            String onUpdate)
            implements KeyDraft {}

    record Checked(@Nullable String name, Expression expression) implements KeyDraft {}
}
