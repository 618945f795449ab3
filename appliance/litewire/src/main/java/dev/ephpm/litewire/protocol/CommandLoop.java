package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.ColumnType;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.ResultSink;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers the commands of a logged-in client, one after the other. */
final class CommandLoop {
    private static final int MOST_STATEMENTS = 16_382;
    private static final int MULTI_STATEMENTS_ON = 0;
    private static final Column PARAMETER =
            Column.ofExpression("?", ColumnType.VAR_STRING, 0, Column.CHARACTER_SET_BINARY, Column.BINARY, 0);

    private final PacketReader reader;
    private final PacketWriter writer;
    private final Deadline deadline;
    private final Conversation conversation;
    private final Map<Integer, ClientStatement> statements = new HashMap<>();
    private ServerSession session;
    private boolean multiStatements;
    private int lastStatementId;
    private boolean ended;

    CommandLoop(
            PacketReader reader,
            PacketWriter writer,
            Deadline deadline,
            Conversation conversation,
            ServerSession session) {
        this.reader = reader;
        this.writer = writer;
        this.deadline = deadline;
        this.conversation = conversation;
        this.session = session;
        this.multiStatements = (conversation.capabilities() & Capability.MULTI_STATEMENTS) != 0;
    }

    void run() throws IOException {
        try {
            while (!ended) {
                next();
            }
        } finally {
            session.close();
        }
    }

    private void next() throws IOException {
        deadline.in(session.idleTimeout());
        reader.restartSequence();
        byte[] payload = reader.read();
        deadline.never();
        writer.sequence(reader.nextSequence());
        try {
            PayloadReader arguments = new PayloadReader(payload);
            Optional<Command> command = payload.length == 0 ? Optional.empty() : Command.of(arguments.unsignedByte());
            if (command.isEmpty()) {
                throw SqlErrorCode.UNKNOWN_COMMAND.with();
            }
            answer(command.get(), arguments);
        } catch (SqlError e) {
            writer.packet(Packets.error(e));
        }
        writer.flush();
        session.traffic(reader.takeReceived(), writer.takeSent());
    }

    private void answer(Command command, PayloadReader arguments) throws IOException {
        switch (command) {
            case QUIT -> ended = true;
            case INIT_DB -> {
                session.useDatabase(arguments.rest());
                ok();
            }
            case QUERY -> query(arguments.rest());
            case FIELD_LIST -> listFields(arguments.terminated());
            case REFRESH, PING -> ok();
            case DEBUG -> writer.packet(Packets.endOfRows(session.status(), 0));
            case STATISTICS ->
                writer.packet(new PayloadWriter()
                        .text(conversation.logins().statistics())
                        .payload());
            case PROCESS_INFO -> query("SHOW PROCESSLIST");
            case PROCESS_KILL -> {
                session.kill(arguments.integer(4));
                ok();
            }
            case CHANGE_USER -> changeUser(ChangeUser.parse(arguments, conversation.capabilities()));
            case RESET_CONNECTION -> {
                session.reset();
                statements.clear();
                ok();
            }
            case SET_OPTION -> {
                multiStatements = arguments.integer(2) == MULTI_STATEMENTS_ON;
                writer.packet(Packets.endOfRows(session.status(), 0));
            }
            case STMT_PREPARE -> prepare(arguments.rest());
            case STMT_EXECUTE -> execute(arguments);
            case STMT_SEND_LONG_DATA -> sendLongData(arguments);
            case STMT_CLOSE -> {
                var _ = statements.remove((int) arguments.integer(4));
            }
            case STMT_RESET -> {
                statement(arguments.integer(4), "mysqld_stmt_reset").forgetData();
                ok();
            }
            case STMT_FETCH -> {
                long id = arguments.integer(4);
                var _ = statement(id, "mysqld_stmt_fetch");
                throw SqlErrorCode.STATEMENT_HAS_NO_CURSOR.with(id);
            }
        }
    }

    private void ok() throws IOException {
        writer.packet(Packets.ok(0, 0, session.status(), 0, ""));
    }

    private void query(String sql) throws IOException {
        List<String> parts = multiStatements ? session.split(sql) : List.of(sql);
        for (int i = 0; i < parts.size(); i++) {
            ResultWriter result = new ResultWriter(writer, session, new TextRows());
            session.query(parts.get(i), result);
            result.finish(i + 1 < parts.size());
        }
    }

    private void listFields(String table) throws IOException {
        FieldCollector fields = new FieldCollector();
        session.query("SELECT * FROM `" + table.replace("`", "``") + "` LIMIT 0", fields);
        for (Column column : fields.columns) {
            writer.packet(Packets.listedField(column));
        }
        writer.packet(Packets.endOfRows(session.status(), 0));
    }

    private void changeUser(ChangeUser request) throws IOException {
        session.close();
        statements.clear();
        ServerSession changed = conversation.change(request);
        if (changed == null) {
            ended = true;
        } else {
            session = changed;
        }
    }

    private void prepare(String sql) throws IOException {
        if (statements.size() >= MOST_STATEMENTS) {
            throw SqlErrorCode.TOO_MANY_PREPARED_STATEMENTS.with(MOST_STATEMENTS);
        }
        ServerSession.Prepared prepared = session.prepare(sql);
        int id = ++lastStatementId;
        statements.put(id, new ClientStatement(prepared, conversation.limits().largestPacketBytes()));
        List<Column> columns = prepared.columns();
        writer.packet(Packets.prepared(id, columns.size(), prepared.parameterCount(), session.warningCount()));
        for (int i = 0; i < prepared.parameterCount(); i++) {
            writer.packet(Packets.column(PARAMETER));
        }
        if (prepared.parameterCount() > 0) {
            writer.packet(Packets.endOfRows(session.status(), 0));
        }
        for (Column column : columns) {
            writer.packet(Packets.column(column));
        }
        if (!columns.isEmpty()) {
            writer.packet(Packets.endOfRows(session.status(), 0));
        }
    }

    private void execute(PayloadReader arguments) throws IOException {
        ClientStatement statement = statement(arguments.integer(4), "mysqld_stmt_execute");
        // Cursor type and iteration count: a cursor is a wish, and all rows are sent at once.
        arguments.skip(5);
        try {
            List<Literal> parameters = statement.read(arguments);
            ResultWriter result = new ResultWriter(writer, session, new BinaryRows());
            session.execute(statement.prepared(), parameters, result);
            result.finish(false);
        } finally {
            statement.forgetData();
        }
    }

    private void sendLongData(PayloadReader arguments) throws IOException {
        ClientStatement statement = statements.get((int) arguments.integer(4));
        int parameter = (int) arguments.integer(2);
        if (statement != null) {
            statement.append(parameter, arguments.bytes(arguments.remaining()));
        }
    }

    private ClientStatement statement(long id, String caller) {
        ClientStatement statement = statements.get((int) id);
        if (statement == null) {
            throw SqlErrorCode.UNKNOWN_STATEMENT_HANDLER.with(id, caller);
        }
        return statement;
    }

    /** Keeps the columns of an answer and nothing else. */
    private static final class FieldCollector implements ResultSink {
        private List<Column> columns = List.of();

        @Override
        public void columns(List<Column> described) {
            columns = described;
        }

        @Override
        public void row(@Nullable Object[] values) {
            throw new IllegalStateException("LIMIT 0 gave a row");
        }

        @Override
        public void endOfRows() {
            // Nothing was kept open.
        }

        @Override
        public void done(long affectedRows, long lastInsertId, String info) {
            // Only statements without columns end so.
        }
    }
}
