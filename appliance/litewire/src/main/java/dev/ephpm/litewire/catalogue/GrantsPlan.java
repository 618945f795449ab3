package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Execution;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import java.util.List;

/**
 * SHOW GRANTS. The user's name is part of the answer's column.
 *
 * @param user whose grants are asked for, empty for the session's own
 */
record GrantsPlan(String user, String collation) implements Plan {
    @Override
    public Access access() {
        return Access.SESSION;
    }

    @Override
    public List<Column> columns() {
        return AnswerColumns.of("grants", collation);
    }

    @Override
    public void run(Execution execution) {
        String own = execution.session().user();
        // There is one user; asking for another's grants finds none.
        if (!user.isEmpty() && !own.startsWith(user + "@")) {
            throw SqlErrorCode.NO_SUCH_GRANT.with(user, "%");
        }
        List<Column> columns = AnswerColumns.of("grants", collation, "Grants for " + own);
        new Answer(columns, SessionAnswers.grants(execution)).send(execution);
    }
}
