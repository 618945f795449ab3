package dev.ephpm.litewire.catalogue;

import java.util.List;

/** Rows of the SHOW statements about what the server can do. */
final class ServerAnswers {
    private static final List<Rows.Row> PRIVILEGES = DataFile.rows("privileges.tsv").stream()
            .map(row -> Answer.row(row.toArray()))
            .toList();

    private ServerAnswers() {}

    static List<Rows.Row> engines() {
        return List.of(
                Answer.row(
                        "InnoDB",
                        "DEFAULT",
                        "Supports transactions, row-level locking, foreign keys and encryption for tables",
                        "YES",
                        "YES",
                        "YES"),
                Answer.row(
                        "MyISAM",
                        "YES",
                        "Non-transactional engine with good performance and small data footprint",
                        "NO",
                        "NO",
                        "NO"),
                Answer.row(
                        "MEMORY", "YES", "Hash based, stored in memory, useful for temporary tables", "NO", "NO", "NO"),
                Answer.row(
                        "Aria",
                        "YES",
                        "Crash-safe tables with MyISAM heritage. Used for internal temporary tables and privilege tables",
                        "NO",
                        "NO",
                        "NO"),
                Answer.row("MRG_MyISAM", "YES", "Collection of identical MyISAM tables", "NO", "NO", "NO"),
                Answer.row("CSV", "YES", "Stores tables as CSV files", "NO", "NO", "NO"),
                Answer.row("SEQUENCE", "YES", "Generated tables filled with sequential values", "YES", "NO", "YES"),
                Answer.row("PERFORMANCE_SCHEMA", "YES", "Performance Schema", "NO", "NO", "NO"));
    }

    static List<Rows.Row> collations() {
        return Collations.all().stream()
                .map(c -> Answer.row(
                        c.name(),
                        c.isOfNoCharset() ? null : c.charset(),
                        c.isOfNoCharset() ? null : Long.valueOf(c.id()),
                        c.isOfNoCharset() ? null : c.isDefault(),
                        c.compiled(),
                        Long.valueOf(c.sortLength())))
                .toList();
    }

    static List<Rows.Row> charsets() {
        return Collations.charsets().stream()
                .map(c -> Answer.row(c.name(), c.description(), c.defaultCollation(), (long) c.longestCharacter()))
                .toList();
    }

    static List<Rows.Row> privileges() {
        return PRIVILEGES;
    }
}
