package dev.ephpm.litewire.catalogue;

import java.util.Map;
import java.util.Optional;

/** The information_schema tables that are queries over the catalogue. */
final class InformationQueries {
    private static final String AUTO_INCREMENT = "CASE WHEN EXISTS (SELECT 1 FROM __lw_columns a WHERE a.table_name ="
            + " t.name AND a.extra = 'auto_increment') THEN coalesce((SELECT max(seq) FROM sqlite_sequence q WHERE q.name"
            + " = t.name), (SELECT last FROM __lw_sequences q WHERE q.name = t.name), 0) + 1 END";

    private InformationQueries() {}

    /** @param schema the database's name as a SQLite string */
    static Optional<Query> of(String table, String schema) {
        return switch (table) {
            case "TABLES" -> Optional.of(tables(schema));
            case "COLUMNS" -> Optional.of(columns(schema));
            case "STATISTICS" -> Optional.of(statistics(schema));
            case "KEY_COLUMN_USAGE" -> Optional.of(keyColumnUsage(schema));
            case "TABLE_CONSTRAINTS" -> Optional.of(tableConstraints(schema));
            case "REFERENTIAL_CONSTRAINTS" -> Optional.of(referentialConstraints(schema));
            case "CHECK_CONSTRAINTS" -> Optional.of(checkConstraints(schema));
            case "VIEWS" -> Optional.of(views(schema));
            case "PROCESSLIST" -> Optional.of(processes());
            case "PARTITIONS" -> Optional.of(partitions(schema));
            default -> Optional.empty();
        };
    }

    private static Query tables(String schema) {
        return new Query(
                Map.ofEntries(
                        Map.entry("TABLE_CATALOG", "'def'"),
                        Map.entry("TABLE_SCHEMA", schema),
                        Map.entry("TABLE_NAME", "t.name"),
                        Map.entry("TABLE_TYPE", "t.kind"),
                        Map.entry("ENGINE", "t.engine"),
                        Map.entry("VERSION", base("10")),
                        Map.entry("ROW_FORMAT", "t.row_format"),
                        Map.entry("TABLE_ROWS", base("0")),
                        Map.entry("AVG_ROW_LENGTH", base("0")),
                        Map.entry("DATA_LENGTH", base("16384")),
                        Map.entry("MAX_DATA_LENGTH", base("0")),
                        Map.entry(
                                "INDEX_LENGTH",
                                base("16384 * max(0, (SELECT count(DISTINCT k.position) FROM __lw_keys k WHERE"
                                        + " k.table_name = t.name) - 1)")),
                        Map.entry("DATA_FREE", base("0")),
                        Map.entry("AUTO_INCREMENT", AUTO_INCREMENT),
                        Map.entry("CREATE_TIME", "t.create_time"),
                        Map.entry("TABLE_COLLATION", "t.collation"),
                        Map.entry("CREATE_OPTIONS", "t.create_options"),
                        Map.entry("TABLE_COMMENT", "t.comment"),
                        Map.entry("MAX_INDEX_LENGTH", base("0")),
                        Map.entry("TEMPORARY", base("'N'"))),
                "__lw_tables t WHERE t.kind <> '" + CatalogueTables.TEMPORARY + "'");
    }

    /** A value that views do not have. */
    private static String base(String value) {
        return "CASE t.kind WHEN 'VIEW' THEN NULL ELSE " + value + " END";
    }

    private static Query columns(String schema) {
        return new Query(
                Map.ofEntries(
                        Map.entry("TABLE_CATALOG", "'def'"),
                        Map.entry("TABLE_SCHEMA", schema),
                        Map.entry("TABLE_NAME", "c.table_name"),
                        Map.entry("COLUMN_NAME", "c.name"),
                        Map.entry("ORDINAL_POSITION", "c.position"),
                        Map.entry("COLUMN_DEFAULT", "c.default_text"),
                        Map.entry("IS_NULLABLE", "c.nullable"),
                        Map.entry("DATA_TYPE", "c.data_type"),
                        Map.entry("CHARACTER_MAXIMUM_LENGTH", "c.character_length"),
                        Map.entry("CHARACTER_OCTET_LENGTH", "c.octet_length"),
                        Map.entry("NUMERIC_PRECISION", "c.numeric_precision"),
                        Map.entry("NUMERIC_SCALE", "c.numeric_scale"),
                        Map.entry("DATETIME_PRECISION", "c.datetime_precision"),
                        Map.entry("CHARACTER_SET_NAME", "c.charset"),
                        Map.entry("COLLATION_NAME", "c.collation"),
                        Map.entry("COLUMN_TYPE", "c.column_type"),
                        Map.entry("COLUMN_KEY", "c.column_key"),
                        Map.entry("EXTRA", "c.extra"),
                        Map.entry("PRIVILEGES", "'select,insert,update,references'"),
                        Map.entry("COLUMN_COMMENT", "c.comment"),
                        Map.entry("IS_GENERATED", "CASE WHEN c.generated IS NULL THEN 'NEVER' ELSE 'ALWAYS' END"),
                        Map.entry("GENERATION_EXPRESSION", "c.generated")),
                "__lw_columns c");
    }

    private static Query statistics(String schema) {
        return new Query(
                Map.ofEntries(
                        Map.entry("TABLE_CATALOG", "'def'"),
                        Map.entry("TABLE_SCHEMA", schema),
                        Map.entry("TABLE_NAME", "k.table_name"),
                        Map.entry("NON_UNIQUE", "k.non_unique"),
                        Map.entry("INDEX_SCHEMA", schema),
                        Map.entry("INDEX_NAME", "k.name"),
                        Map.entry("SEQ_IN_INDEX", "k.seq"),
                        Map.entry("COLUMN_NAME", "k.column_name"),
                        Map.entry("COLLATION", "k.collation"),
                        Map.entry("CARDINALITY", "CASE k.index_type WHEN 'FULLTEXT' THEN NULL ELSE 0 END"),
                        Map.entry("SUB_PART", "k.sub_part"),
                        Map.entry("NULLABLE", "k.nullable"),
                        Map.entry("INDEX_TYPE", "k.index_type"),
                        Map.entry("COMMENT", "''"),
                        Map.entry("INDEX_COMMENT", "k.comment"),
                        Map.entry("IGNORED", "'NO'")),
                "__lw_keys k");
    }

    private static Query keyColumnUsage(String schema) {
        return new Query(
                Map.ofEntries(
                        Map.entry("CONSTRAINT_CATALOG", "'def'"),
                        Map.entry("CONSTRAINT_SCHEMA", schema),
                        Map.entry("CONSTRAINT_NAME", "k.name"),
                        Map.entry("TABLE_CATALOG", "'def'"),
                        Map.entry("TABLE_SCHEMA", schema),
                        Map.entry("TABLE_NAME", "k.table_name"),
                        Map.entry("COLUMN_NAME", "k.column_name"),
                        Map.entry("ORDINAL_POSITION", "k.seq"),
                        Map.entry("POSITION_IN_UNIQUE_CONSTRAINT", "CASE k.kind WHEN 'FOREIGN KEY' THEN k.seq END"),
                        Map.entry("REFERENCED_TABLE_SCHEMA", "CASE k.kind WHEN 'FOREIGN KEY' THEN " + schema + " END"),
                        Map.entry("REFERENCED_TABLE_NAME", "k.referenced_table"),
                        Map.entry("REFERENCED_COLUMN_NAME", "k.referenced_column")),
                "__lw_constraints k WHERE k.kind <> 'CHECK'");
    }

    private static Query tableConstraints(String schema) {
        return new Query(
                Map.of(
                        "CONSTRAINT_CATALOG", "'def'",
                        "CONSTRAINT_SCHEMA", schema,
                        "CONSTRAINT_NAME", "k.name",
                        "TABLE_SCHEMA", schema,
                        "TABLE_NAME", "k.table_name",
                        "CONSTRAINT_TYPE", "k.kind"),
                "__lw_constraints k WHERE k.seq = 1");
    }

    private static Query referentialConstraints(String schema) {
        return new Query(
                Map.ofEntries(
                        Map.entry("CONSTRAINT_CATALOG", "'def'"),
                        Map.entry("CONSTRAINT_SCHEMA", schema),
                        Map.entry("CONSTRAINT_NAME", "k.name"),
                        Map.entry("UNIQUE_CONSTRAINT_CATALOG", "'def'"),
                        Map.entry("UNIQUE_CONSTRAINT_SCHEMA", schema),
                        Map.entry("UNIQUE_CONSTRAINT_NAME", "k.unique_key"),
                        Map.entry("MATCH_OPTION", "'NONE'"),
                        Map.entry("UPDATE_RULE", "k.update_rule"),
                        Map.entry("DELETE_RULE", "k.delete_rule"),
                        Map.entry("TABLE_NAME", "k.table_name"),
                        Map.entry("REFERENCED_TABLE_NAME", "k.referenced_table")),
                "__lw_constraints k WHERE k.kind = 'FOREIGN KEY' AND k.seq = 1");
    }

    /** The site's connections, which only the session knows. */
    private static Query processes() {
        return new Query(
                Map.ofEntries(
                        Map.entry("ID", connection("id")),
                        Map.entry("USER", connection("user")),
                        Map.entry("HOST", connection("host")),
                        Map.entry("DB", connection("db")),
                        Map.entry("COMMAND", connection("command")),
                        Map.entry("TIME", connection("time")),
                        Map.entry("STATE", "CASE WHEN " + connection("info") + " IS NULL THEN '' ELSE 'starting' END"),
                        Map.entry("INFO", connection("info")),
                        Map.entry("TIME_MS", connection("time") + " * 1000.0"),
                        Map.entry("STAGE", "0"),
                        Map.entry("MAX_STAGE", "0"),
                        Map.entry("PROGRESS", "0.0"),
                        Map.entry("MEMORY_USED", "0"),
                        Map.entry("MAX_MEMORY_USED", "0"),
                        Map.entry("EXAMINED_ROWS", "0"),
                        Map.entry("QUERY_ID", connection("id")),
                        Map.entry("INFO_BINARY", "CAST(" + connection("info") + " AS BLOB)"),
                        Map.entry("TID", connection("id"))),
                "json_each(mysql_connections()) p");
    }

    private static String connection(String field) {
        return "json_extract(p.value, '$." + field + "')";
    }

    private static Query checkConstraints(String schema) {
        return new Query(
                Map.of(
                        "CONSTRAINT_CATALOG", "'def'",
                        "CONSTRAINT_SCHEMA", schema,
                        "TABLE_NAME", "k.table_name",
                        "CONSTRAINT_NAME", "k.name",
                        "LEVEL", "CASE WHEN k.column_name IS NULL THEN 'Table' ELSE 'Column' END",
                        "CHECK_CLAUSE", "k.clause"),
                "__lw_constraints k WHERE k.kind = 'CHECK'");
    }

    private static Query views(String schema) {
        return new Query(
                Map.ofEntries(
                        Map.entry("TABLE_CATALOG", "'def'"),
                        Map.entry("TABLE_SCHEMA", schema),
                        Map.entry("TABLE_NAME", "t.name"),
                        Map.entry("VIEW_DEFINITION", "coalesce(t.query, '')"),
                        Map.entry("CHECK_OPTION", "'NONE'"),
                        Map.entry("IS_UPDATABLE", "'NO'"),
                        Map.entry("DEFINER", "'root@localhost'"),
                        Map.entry("SECURITY_TYPE", "'DEFINER'"),
                        Map.entry("CHARACTER_SET_CLIENT", "'utf8mb4'"),
                        Map.entry("COLLATION_CONNECTION", "'" + Catalogue.DEFAULT_COLLATION + "'"),
                        Map.entry("ALGORITHM", "'UNDEFINED'")),
                "__lw_tables t WHERE t.kind = 'VIEW'");
    }

    private static Query partitions(String schema) {
        return new Query(
                Map.ofEntries(
                        Map.entry("TABLE_CATALOG", "'def'"),
                        Map.entry("TABLE_SCHEMA", schema),
                        Map.entry("TABLE_NAME", "t.name"),
                        Map.entry("TABLE_ROWS", "0"),
                        Map.entry("AVG_ROW_LENGTH", "0"),
                        Map.entry("DATA_LENGTH", "16384"),
                        Map.entry("INDEX_LENGTH", "0"),
                        Map.entry("DATA_FREE", "0"),
                        Map.entry("CREATE_TIME", "t.create_time"),
                        Map.entry("PARTITION_COMMENT", "''"),
                        Map.entry("NODEGROUP", "''")),
                "__lw_tables t WHERE t.kind = 'BASE TABLE'");
    }

    /**
     * @param columns SQLite expressions by column; the others are NULL
     * @param from what follows FROM
     */
    record Query(Map<String, String> columns, String from) {}
}
