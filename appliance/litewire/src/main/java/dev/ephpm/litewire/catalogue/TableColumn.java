package dev.ephpm.litewire.catalogue;

import java.util.Optional;

/**
 * One column as MySQL describes it.
 *
 * @param type exact type
 * @param defaultExpression the DEFAULT clause as SHOW CREATE TABLE prints it (quoted literal, NULL, current_timestamp()), or empty
 * @param onUpdate the ON UPDATE clause, or empty
 * @param generated expression in parentheses and VIRTUAL or STORED of a generated column, or empty
 */
public record TableColumn(
        String name,
        MySqlType type,
        boolean nullable,
        Optional<String> defaultExpression,
        boolean autoIncrement,
        Optional<String> onUpdate,
        Optional<String> generated,
        String comment) {}
