package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import java.util.Optional;

/** Statements that are MySQL but not ours: refused with MySQL's own reasons, or done by doing nothing. */
final class Refusals {
    private Refusals() {}

    static Optional<Plan> plan(String word, Token second) {
        return switch (word) {
            case "LOAD" -> throw SqlErrorCode.COMMAND_DENIED.with("FILE");
            case "GRANT", "REVOKE" -> throw SqlErrorCode.COMMAND_DENIED.with("GRANT OPTION");
            case "SHUTDOWN" -> throw SqlErrorCode.COMMAND_DENIED.with("SHUTDOWN");
            case "INSTALL", "UNINSTALL", "CHANGE", "RESET", "PURGE", "BINLOG", "BACKUP" ->
                throw SqlErrorCode.COMMAND_DENIED.with("SUPER");
            case "CALL", "HANDLER", "XA", "SIGNAL", "RESIGNAL", "GET", "CACHE", "TABLE" ->
                throw SqlErrorCode.NOT_SUPPORTED_YET.with(word);
            case "FLUSH" -> second.isIdentifier() ? Optional.of(new Done()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** There is nothing to flush. */
    private static final class Done implements Plan {
        @Override
        public Access access() {
            return Access.SESSION;
        }

        @Override
        public void run(Execution execution) {
            execution.sink().done(0, 0, "");
        }
    }
}
