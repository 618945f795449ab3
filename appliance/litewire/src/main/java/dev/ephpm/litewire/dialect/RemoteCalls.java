package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.sqlite.RemoteFunctions;
import dev.ephpm.litewire.sqlite.RemoteStep;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/** What the statement that runs on this thread exchanges with functions in sqld. */
public final class RemoteCalls implements RemoteFunctions {
    private static final byte[] NOTHING = {};

    /** Functions that read or change the statement's state. */
    private static final Pattern ASKING = Pattern.compile(
            "\\bmysql_(store|store_again|local_time|last_insert_id|divisor|number|integer|read_\\w+)\\(");

    @Override
    public byte[] facts(String sql) {
        return sql.contains("mysql_") && ASKING.matcher(sql).find() ? RunningStatement.facts() : NOTHING;
    }

    @Override
    public RemoteStep computed(RemoteStep statement, Set<String> present, SqliteConnection.Local here)
            throws SQLException {
        return new ConstantCalls(present, SqlFunctions.changingNames(), here).computed(statement);
    }

    @Override
    public void took(byte[] result) {
        RunningStatement.took(StatementFacts.result(result));
    }

    @Override
    public void failed(String message) {
        StatementFacts.error(message).ifPresent(RunningStatement::fail);
    }
}
