package dev.ephpm.litewire;

import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.util.List;

/**
 * One run of a plan.
 *
 * @param session the connection's state
 * @param database the reader or writer the plan asked for; a plan of {@link Plan.Access#SESSION} must not use it
 * @param literals the statement's literals in textual order, then bound parameters in theirs, as the lexer cut them out
 */
public record Execution(Session session, SqliteHandle database, List<Literal> literals, ResultSink sink) {}
