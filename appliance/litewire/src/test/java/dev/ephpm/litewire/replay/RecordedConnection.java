package dev.ephpm.litewire.replay;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows one connection between a client and MariaDB and writes down what the client asks. Packets are given in the order
 * in which they pass, each before it is passed on.
 */
final class RecordedConnection {
    private static final int COM_QUIT = 1;
    private static final int COM_INIT_DB = 2;
    private static final int COM_QUERY = 3;
    private static final int COM_CHANGE_USER = 17;
    private static final int COM_STMT_PREPARE = 22;
    private static final int COM_STMT_EXECUTE = 23;
    private static final int COM_STMT_SEND_LONG_DATA = 24;
    private static final int COM_STMT_CLOSE = 25;
    private static final int COM_SET_OPTION = 27;

    /** COMPRESS and SSL, which nobody could read along, in the lower half of a greeting's capabilities. */
    private static final int UNREADABLE = 1 << 5 | 1 << 11;

    private final int number;
    private final CorpusWriter corpus;
    private final Map<Integer, RecordedStatement> statements = new HashMap<>();

    private boolean greeted;
    private boolean loggedIn;
    private boolean announced;
    private boolean severalStatements;
    private @Nullable Login login;
    private byte @Nullable [] preparing;

    RecordedConnection(int number, CorpusWriter corpus) {
        this.number = number;
        this.corpus = corpus;
    }

    synchronized void fromServer(byte[] payload) {
        if (!greeted) {
            greeted = true;
            clearUnreadable(payload);
        } else if (!loggedIn) {
            if (payload[0] == 0) {
                announce();
            }
        } else if (preparing != null) {
            answerToPrepare(preparing, payload);
            preparing = null;
        }
    }

    /** A greeting has its lower capabilities behind the version's text, the thread and 9 bytes. */
    private static void clearUnreadable(byte[] greeting) {
        int at = 1;
        while (greeting[at] != 0) {
            at++;
        }
        at += 1 + 4 + 9;
        int capabilities = (greeting[at] & 0xff) | (greeting[at + 1] & 0xff) << 8;
        capabilities &= ~UNREADABLE;
        greeting[at] = (byte) capabilities;
        greeting[at + 1] = (byte) (capabilities >> 8);
    }

    private void announce() {
        if (login == null) {
            throw new IllegalStateException("the server accepted a client that did not log in");
        }
        if (announced) {
            corpus.quit(number);
        }
        corpus.connect(number, login);
        severalStatements = login.allowsSeveralStatements();
        loggedIn = true;
        announced = true;
    }

    private void answerToPrepare(byte[] sql, byte[] payload) {
        if (payload[0] == 0) {
            int parameters = (payload[7] & 0xff) | (payload[8] & 0xff) << 8;
            statements.put(statement(payload), new RecordedStatement(sql, parameters));
        } else {
            corpus.execute(number, sql, List.of());
        }
    }

    private static int statement(byte[] payload) {
        return (payload[1] & 0xff) | (payload[2] & 0xff) << 8 | (payload[3] & 0xff) << 16 | (payload[4] & 0xff) << 24;
    }

    /** Takes a whole payload; {@code sequence} is that of its first packet, 0 for a command. */
    synchronized void fromClient(byte[] payload, int sequence) {
        if (!loggedIn) {
            if (login == null) {
                login = Login.ofResponse(payload);
            }
        } else if (sequence == 0) {
            command(payload);
        }
    }

    private void command(byte[] payload) {
        switch (payload[0]) {
            case COM_QUERY -> query(Payloads.rest(payload, 1));
            case COM_INIT_DB ->
                corpus.useDatabase(number, new String(payload, 1, payload.length - 1, StandardCharsets.UTF_8));
            case COM_STMT_PREPARE -> preparing = Payloads.rest(payload, 1);
            case COM_STMT_EXECUTE -> execute(payload);
            case COM_STMT_SEND_LONG_DATA -> known(payload).addLongData(payload);
            case COM_STMT_CLOSE -> statements.remove(statement(payload));
            case COM_SET_OPTION -> severalStatements = payload[1] == 0;
            case COM_CHANGE_USER -> {
                login = known(login).changed(payload);
                loggedIn = false;
                statements.clear();
            }
            case COM_QUIT -> ended();
            default -> {
                // Pings and statistics say nothing about the dialect.
            }
        }
    }

    private void query(byte[] sql) {
        if (severalStatements && containsSeveral(new String(sql, StandardCharsets.ISO_8859_1))) {
            corpus.multi(number, sql);
        } else {
            corpus.query(number, sql);
        }
    }

    /** A semicolon inside quotes counts as well: a single statement can be replayed as several. */
    private static boolean containsSeveral(String sql) {
        int semicolon = sql.indexOf(';');
        return semicolon >= 0 && !sql.substring(semicolon + 1).isBlank();
    }

    private void execute(byte[] payload) {
        RecordedStatement statement = known(payload);
        corpus.execute(number, statement.sql(), statement.parameters(payload));
    }

    private RecordedStatement known(byte[] payload) {
        return known(statements.get(statement(payload)));
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the client refers to something the recorder has not seen");
        }
        return value;
    }

    /** The client has gone, with or without a word. */
    synchronized void ended() {
        if (announced) {
            announced = false;
            corpus.quit(number);
        }
    }
}
