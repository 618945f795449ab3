package dev.ephpm.litewire.catalogue;

import java.util.Map;
import java.util.Optional;

/**
 * MySQL's view of a site's tables at one schema version. Immutable.
 *
 * @param version grows with every schema change; part of the key of cached plans
 * @param tables by name; lower_case_table_names = 0, so names are exact. Without temporary tables, which no list shows
 * @param temporary temporary tables of all sessions by their stored name
 * @param spellings what is known of the text in their keys
 * @param viewer the connection whose temporary tables hide others of their names, 0 when it has none
 */
public record Schema(
        long version, Map<String, Table> tables, Map<String, Table> temporary, Spellings spellings, long viewer) {
    public Schema {
        tables = Map.copyOf(tables);
        temporary = Map.copyOf(temporary);
    }

    public Schema(long version, Map<String, Table> tables) {
        this(version, tables, Map.of(), Spellings.none(), 0);
    }

    /** The same schema as one connection sees it. */
    public Schema seenBy(long connectionId) {
        String prefix = TemporaryTables.stored(connectionId, "");
        boolean has = temporary.keySet().stream().anyMatch(name -> name.startsWith(prefix));
        return has ? new Schema(version, tables, temporary, spellings, connectionId) : this;
    }

    /** The same schema, nothing being known of the text in keys. */
    public Schema withoutSpellings() {
        return new Schema(version, tables, temporary, Spellings.none(), viewer);
    }

    public Optional<Table> table(String name) {
        Optional<Table> own = temporary(name);
        return own.isPresent() ? own : Optional.ofNullable(tables.get(name));
    }

    Optional<Table> temporary(String name) {
        return viewer == 0
                ? Optional.empty()
                : Optional.ofNullable(temporary.get(TemporaryTables.stored(viewer, name)));
    }
}
