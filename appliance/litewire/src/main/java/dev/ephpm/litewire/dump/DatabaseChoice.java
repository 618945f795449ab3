package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.OfflineDatabase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of a dump's databases is taken. A dump of one database goes to the site whatever its name; of several, the user names
 * one and the others are passed over.
 */
final class DatabaseChoice {
    private final Optional<String> wanted;
    private @Nullable String current;

    /** @param wanted the one to take of several */
    DatabaseChoice(Optional<String> wanted) {
        this.wanted = wanted;
    }

    /** Statements from here on belong to that database. */
    void use(String name, OfflineDatabase database, long line) {
        if (wanted.isEmpty() && current != null && !current.equals(name)) {
            throw new DumpException("line " + line + ": the dump holds several databases, " + current + " and " + name
                    + " among them; choose one with --database");
        }
        current = name;
        if (isChosen() && !database.name().equals(name)) {
            database.rename(name);
        }
    }

    boolean isNamed(String name) {
        return wanted.orElse(name).equals(name);
    }

    /** Whether the statements that follow count. */
    boolean isChosen() {
        return wanted.isEmpty() || current == null || wanted.get().equals(current);
    }
}
