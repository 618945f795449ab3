package dev.ephpm.litewire.catalogue;

import java.util.Map;
import java.util.Optional;

/**
 * MySQL's view of a site's tables at one schema version. Immutable.
 *
 * @param version grows with every schema change; part of the key of cached plans
 * @param tables by name; lower_case_table_names = 0, so names are exact
 */
public record Schema(long version, Map<String, Table> tables) {
    public Schema {
        tables = Map.copyOf(tables);
    }

    public Optional<Table> table(String name) {
        return Optional.ofNullable(tables.get(name));
    }
}
