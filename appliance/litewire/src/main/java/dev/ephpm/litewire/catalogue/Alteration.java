package dev.ephpm.litewire.catalogue;

import java.sql.SQLException;

/** One action of ALTER TABLE. */
@FunctionalInterface
interface Alteration {
    void apply(TableEdit edit, SchemaChange change) throws SQLException;
}
