package dev.ephpm.litewire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PREPARE, EXECUTE and DEALLOCATE PREPARE of one session: statements prepared by SQL under a name, as opposed to those of
 * the protocol. Names are compared without regard to case. Used by the session's own thread.
 */
public interface SqlPreparedStatements {
    /** The values of expressions, such as {@code concat('SELECT ', @a), 1}. */
    List<@Nullable Object> compute(String expressions);

    /**
     * Replaces a statement of the same name. 1064 for text that cannot be parsed, 1295 for statements that cannot be prepared
     * this way, 1461 when there are too many.
     */
    void prepare(String name, String sql);

    /** 1243 for an unknown name; 1210 when the number of parameters is another. */
    void execute(String name, List<Literal> parameters, ResultSink sink);

    /** EXECUTE IMMEDIATE. */
    void executeOnce(String sql, List<Literal> parameters, ResultSink sink);

    /** 1243 for an unknown name. */
    void deallocate(String name);
}
