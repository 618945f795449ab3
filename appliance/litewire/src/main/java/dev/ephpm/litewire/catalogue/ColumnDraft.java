package dev.ephpm.litewire.catalogue;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column definition as written, before the table's defaults are known. Filled by the parser, used once. */
final class ColumnDraft {
    final String name;
    String base = "";
    int length = -1;
    int scale;
    boolean scaleGiven;
    boolean unsigned;
    boolean zerofill;
    List<String> values = List.of();

    @Nullable
    String charset;

    @Nullable
    String collation;

    /** The BINARY attribute of a text type: its character set's _bin collation. */
    boolean binary;

    boolean json;

    @Nullable
    Boolean nullable;

    @Nullable
    DefaultClause defaultClause;

    boolean autoIncrement;

    @Nullable
    String onUpdate;

    @Nullable
    Expression generated;

    boolean stored;

    String comment = "";

    @Nullable
    Expression check;

    boolean primary;
    boolean unique;

    /** Foreign keys declared with the column. */
    final List<KeyDraft.Foreign> references = new ArrayList<>();

    /** FIRST or AFTER of ALTER TABLE: empty = at the end, "" = first, else the name of the column before. */
    @Nullable
    String after;

    ColumnDraft(String name) {
        this.name = name;
    }

    /** DEFAULT as written. */
    sealed interface DefaultClause {
        record Null() implements DefaultClause {}

        /** {@code current_timestamp} with that many fractional digits. */
        record Now(int digits) implements DefaultClause {}

        record Value(Token token, boolean negative) implements DefaultClause {}

        record Computed(Expression expression) implements DefaultClause {}
    }
}
