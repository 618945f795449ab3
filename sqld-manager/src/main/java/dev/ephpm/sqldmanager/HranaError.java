package dev.ephpm.sqldmanager;

import java.io.Serializable;

/**
 * What sqld has against a statement.
 *
 * @param message in SQLite's words, with sqld's prefix
 * @param code such as {@code SQLITE_CONSTRAINT} or {@code SQL_PARSE_ERROR}; empty when sqld gives none
 */
public record HranaError(String message, String code) implements Serializable {}
