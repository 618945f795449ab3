package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.dialect.Dialect;
import java.util.Optional;

/**
 * Plans statements about the schema: SHOW, DESCRIBE, CREATE, ALTER, DROP, RENAME, TRUNCATE, ANALYZE and their kin. Their
 * literals are part of their meaning, so these plans are made from the whole text and not cached by shape.
 */
public interface SchemaStatements {
    /** The plan, or empty when the statement is of another kind. Throws {@link dev.ephpm.litewire.SqlError}. */
    Optional<Plan> plan(String statement, Dialect.Context context);
}
