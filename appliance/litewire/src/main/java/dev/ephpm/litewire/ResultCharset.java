package dev.ephpm.litewire;

import dev.ephpm.litewire.catalogue.Catalogue;
import java.util.List;

/**
 * The collation that a session's result columns are described with: that of {@code character_set_results}, which stays when
 * {@code collation_connection} is set to another one.
 */
final class ResultCharset {
    private static final String WITH = " COLLATE ";
    private static final String INITIAL = "utf8mb4";

    private String name = INITIAL;
    private int collation = Column.CHARACTER_SET_UTF8MB4_UNICODE_CI;

    /** @param value a character set, or with {@code COLLATE} as SET NAMES has it */
    void set(String value) {
        int end = value.indexOf(WITH);
        name = end < 0 ? value : value.substring(0, end);
        collation = end < 0
                ? Catalogue.defaultCollationId(name)
                : Catalogue.collationId(value.substring(end + WITH.length()));
    }

    void reset() {
        name = INITIAL;
        collation = Column.CHARACTER_SET_UTF8MB4_UNICODE_CI;
    }

    String name() {
        return name;
    }

    /** @param connection the collation the columns were planned with */
    List<Column> describe(List<Column> columns, String connection) {
        int planned = Catalogue.collationId(connection);
        if (planned == collation) {
            return columns;
        }
        return columns.stream()
                .map(c -> c.characterSet() == planned ? c.withCharacterSet(collation) : c)
                .toList();
    }
}
