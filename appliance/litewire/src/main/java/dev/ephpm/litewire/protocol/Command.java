package dev.ephpm.litewire.protocol;

import java.util.Optional;

/** The commands of the protocol this server knows; all others are answered with 1047. */
enum Command {
    QUIT(1),
    INIT_DB(2),
    QUERY(3),
    FIELD_LIST(4),
    REFRESH(7),
    STATISTICS(9),
    PROCESS_INFO(10),
    PROCESS_KILL(12),
    DEBUG(13),
    PING(14),
    CHANGE_USER(17),
    STMT_PREPARE(22),
    STMT_EXECUTE(23),
    STMT_SEND_LONG_DATA(24),
    STMT_CLOSE(25),
    STMT_RESET(26),
    SET_OPTION(27),
    STMT_FETCH(28),
    RESET_CONNECTION(31);

    private static final Command[] BY_CODE = new Command[32];

    static {
        for (Command command : values()) {
            BY_CODE[command.code] = command;
        }
    }

    private final int code;

    Command(int code) {
        this.code = code;
    }

    static Optional<Command> of(int code) {
        return code < BY_CODE.length ? Optional.ofNullable(BY_CODE[code]) : Optional.empty();
    }
}
