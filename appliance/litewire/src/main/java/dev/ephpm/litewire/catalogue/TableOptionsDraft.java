package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import org.jspecify.annotations.Nullable;

/** Table options as written; null where nothing was. */
final class TableOptionsDraft {
    @Nullable
    String engine;

    @Nullable
    String charset;

    @Nullable
    String collation;

    @Nullable
    String comment;

    @Nullable
    String rowFormat;

    long autoIncrement;

    /** The options that result from changing those of a table. Throws 1253. */
    Table.TableOptions appliedTo(Table.TableOptions old, String createTime) {
        String newCharset = old.charset();
        String newCollation = old.collation();
        if (collation != null) {
            newCollation = collation;
            newCharset = Collations.collation(collation).charset();
            if (charset != null && !charset.equals(newCharset)) {
                throw SqlErrorCode.COLLATION_MISMATCH.with(collation, charset);
            }
        } else if (charset != null) {
            newCharset = charset;
            newCollation = Collations.charset(charset).defaultCollation();
        }
        return new Table.TableOptions(
                engine == null ? old.engine() : engine,
                newCharset,
                newCollation,
                comment == null ? old.comment() : comment,
                autoIncrement == 0 ? old.autoIncrementStart() : autoIncrement,
                rowFormat == null ? old.rowFormat() : rowFormat,
                createTime);
    }
}
