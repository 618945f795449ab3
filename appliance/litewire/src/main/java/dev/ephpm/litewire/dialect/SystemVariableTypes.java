package dev.ephpm.litewire.dialect;

import java.util.Set;

/** Types of system variables, which are text in the session. */
final class SystemVariableTypes {
    private static final Set<String> FLAGS = Set.of(
            "autocommit",
            "foreign_key_checks",
            "unique_checks",
            "sql_safe_updates",
            "big_tables",
            "sql_auto_is_null",
            "sql_log_bin",
            "sql_notes",
            "sql_warnings",
            "tx_read_only",
            "general_log",
            "slow_query_log",
            "explicit_defaults_for_timestamp",
            "event_scheduler",
            "local_infile",
            "sql_big_selects",
            "read_only");
    private static final Set<String> NUMBERS = Set.of(
            "wait_timeout",
            "interactive_timeout",
            "net_read_timeout",
            "net_write_timeout",
            "net_buffer_length",
            "connect_timeout",
            "port",
            "server_id",
            "max_connections",
            "lower_case_table_names",
            "group_concat_max_len",
            "max_allowed_packet",
            "max_error_count",
            "error_count",
            "warning_count",
            "last_insert_id",
            "identity",
            "auto_increment_increment",
            "auto_increment_offset",
            "default_week_format",
            "div_precision_increment",
            "innodb_autoinc_lock_mode",
            "innodb_lock_wait_timeout",
            "lock_wait_timeout",
            "sql_select_limit",
            "pseudo_thread_id",
            "protocol_version",
            "max_join_size",
            "sql_quote_show_create",
            "query_cache_size",
            "query_cache_limit",
            "key_buffer_size",
            "innodb_buffer_pool_size",
            "table_open_cache",
            "thread_cache_size",
            "tmp_table_size",
            "max_heap_table_size",
            "max_user_connections",
            "max_prepared_stmt_count",
            "profiling_history_size",
            "rand_seed1",
            "rand_seed2");

    static final Type TEXT = Type.text(255);

    /** A BIGINT shown with one digit. */
    static final Type FLAG = Type.integer(20);

    private SystemVariableTypes() {}

    static Type of(String name) {
        if (FLAGS.contains(name)) {
            return FLAG;
        }
        return NUMBERS.contains(name) ? Type.integer(21).asUnsigned() : TEXT;
    }
}
