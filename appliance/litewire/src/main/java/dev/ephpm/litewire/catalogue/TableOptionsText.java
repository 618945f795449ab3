package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.SqlErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads and prints table options. */
final class TableOptionsText {
    private static final Map<String, String> ENGINES = Map.ofEntries(
            Map.entry("innodb", "InnoDB"),
            Map.entry("myisam", "MyISAM"),
            Map.entry("memory", "MEMORY"),
            Map.entry("heap", "MEMORY"),
            Map.entry("aria", "Aria"),
            Map.entry("csv", "CSV"),
            Map.entry("archive", "ARCHIVE"));

    /** Options of storage engines that have no meaning here; they are read and dropped. */
    private static final Set<String> DROPPED = Set.of(
            "max_rows",
            "min_rows",
            "avg_row_length",
            "pack_keys",
            "checksum",
            "delay_key_write",
            "key_block_size",
            "stats_persistent",
            "stats_auto_recalc",
            "stats_sample_pages",
            "insert_method",
            "connection",
            "password",
            "encrypted",
            "encryption",
            "compression",
            "encryption_key_id",
            "page_checksum",
            "table_checksum",
            "transactional",
            "tablespace",
            "page_compressed",
            "page_compression_level",
            "secondary_engine",
            "type");

    private TableOptionsText() {}

    /** Options of a table for which none are given. */
    static Table.TableOptions defaults() {
        return new Table.TableOptions("InnoDB", "utf8mb4", Catalogue.DEFAULT_COLLATION, "", 0, "", "");
    }

    /** Reads one option; false when none begins here. */
    static boolean read(TokenReader reader, TableOptionsDraft draft) {
        if (reader.acceptAny("engine", "storage")) {
            reader.accept("engine");
            reader.acceptSymbol("=");
            draft.engine = engine(reader.nameOrString(), reader);
        } else if (charset(reader)) {
            reader.acceptSymbol("=");
            String charset = reader.nameOrString();
            draft.charset = charset.equalsIgnoreCase("default")
                    ? "utf8mb4"
                    : Collations.charset(charset).name();
        } else if (reader.accept("collate") || reader.accept("default", "collate")) {
            reader.acceptSymbol("=");
            draft.collation = Collations.collation(reader.nameOrString()).name();
        } else if (reader.accept("comment")) {
            reader.acceptSymbol("=");
            draft.comment = reader.string();
        } else if (reader.accept("auto_increment")) {
            reader.acceptSymbol("=");
            draft.autoIncrement = reader.number();
        } else if (reader.accept("row_format")) {
            reader.acceptSymbol("=");
            String format = reader.name().toUpperCase(Locale.ROOT);
            draft.rowFormat = format.equals("DEFAULT") ? "" : format;
        } else {
            return rare(reader);
        }
        return true;
    }

    private static boolean charset(TokenReader reader) {
        return reader.accept("default", "character", "set")
                || reader.accept("default", "charset")
                || reader.accept("character", "set")
                || reader.accept("charset");
    }

    private static boolean rare(TokenReader reader) {
        if (reader.accept("data", "directory") || reader.accept("index", "directory")) {
            reader.acceptSymbol("=");
            reader.string();
            return true;
        }
        if (reader.accept("union")) {
            reader.acceptSymbol("=");
            new ColumnParser(reader).parts();
            return true;
        }
        if (DROPPED.contains(reader.wordAhead())) {
            reader.next();
            reader.acceptSymbol("=");
            reader.next();
            return true;
        }
        return false;
    }

    private static String engine(String name, TokenReader reader) {
        String known = ENGINES.get(name.toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        if (name.equalsIgnoreCase("default")) {
            return "InnoDB";
        }
        // NO_ENGINE_SUBSTITUTION is part of the default mode; without strictness MariaDB substitutes with a warning.
        if (reader.mode().strict()) {
            throw SqlErrorCode.UNKNOWN_ENGINE.with(name);
        }
        return "InnoDB";
    }

    static Table.TableOptions withCollation(Table.TableOptions o, String charset, String collation) {
        return new Table.TableOptions(
                o.engine(), charset, collation, o.comment(), o.autoIncrementStart(), o.rowFormat(), o.createTime());
    }

    /** What stands behind the closing parenthesis in SHOW CREATE TABLE; the AUTO_INCREMENT part only above 1. */
    static String print(Table.TableOptions options, long nextAutoIncrement) {
        StringBuilder text = new StringBuilder("ENGINE=").append(options.engine());
        if (nextAutoIncrement > 1) {
            text.append(" AUTO_INCREMENT=").append(nextAutoIncrement);
        }
        text.append(" DEFAULT CHARSET=").append(options.charset());
        if (!options.collation().equals("binary")) {
            text.append(" COLLATE=").append(options.collation());
        }
        if (!options.rowFormat().isEmpty()) {
            text.append(" ROW_FORMAT=").append(options.rowFormat());
        }
        if (!options.comment().isEmpty()) {
            text.append(" COMMENT=").append(Quoting.string(options.comment()));
        }
        return text.toString();
    }

    /** Names in the order given, for messages and CREATE_OPTIONS. */
    static String createOptions(Table.TableOptions options) {
        return String.join(
                " ", options.rowFormat().isEmpty() ? List.of() : List.of("row_format=" + options.rowFormat()));
    }
}
