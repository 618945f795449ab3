package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.SqlMode;
import dev.ephpm.litewire.Warnings;
import dev.ephpm.litewire.catalogue.MySqlType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What functions in sqld's process are told of the statement that calls them ({@code mysql_statement(facts)}), and what they
 * tell of it: warnings ({@code mysql_warnings()}) and errors. All are fields of the form {@code <length>:<bytes>}; messages
 * are named by the constants of {@link SqlErrorCode}, which has the words. The other side is {@code sqld/statement.c}.
 */
final class StatementFacts {
    private static final String ERROR = "litewire:";

    /** TIMESTAMP columns end here. */
    private static final Instant LAST = Instant.ofEpochSecond(Integer.MAX_VALUE);

    private final ByteArrayOutputStream fields = new ByteArrayOutputStream();

    private StatementFacts() {}

    static byte[] of(List<StoredColumn> columns, int row, Session session) {
        StatementFacts facts = new StatementFacts();
        facts.add(row);
        facts.addZone(SessionTime.zone(session));
        facts.add(columns.size());
        facts.add(columns.stream()
                .mapToInt(c -> c.column().type().values().size())
                .sum());
        columns.forEach(facts::addColumn);
        return facts.fields.toByteArray();
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        fields.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        fields.writeBytes(bytes);
    }

    private void add(long number) {
        add(Long.toString(number));
    }

    private void addZone(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffsetTransition next = rules.isFixedOffset() ? null : rules.nextTransition(Instant.EPOCH);
        while (next != null && next.getInstant().isBefore(LAST)) {
            transitions.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        add(rules.getOffset(Instant.EPOCH).getTotalSeconds());
        add(transitions.size());
        for (ZoneOffsetTransition transition : transitions) {
            add(transition.toEpochSecond());
            add(transition.getOffsetAfter().getTotalSeconds());
        }
    }

    private void addColumn(StoredColumn stored) {
        MySqlType type = stored.column().type();
        add(stored.database());
        add(stored.table());
        add(stored.column().name());
        add(type.base());
        add(type.length());
        add(type.scale());
        add(ColumnTypes.characters(type));
        add(rules(stored));
        add(type.values().size());
        type.values().forEach(this::add);
    }

    private static int rules(StoredColumn stored) {
        SqlMode mode = stored.mode();
        boolean[] rules = {
            stored.column().type().unsigned(),
            stored.column().nullable(),
            stored.column().autoIncrement(),
            stored.strict(),
            stored.nullIsError(),
            mode.noAutoValueOnZero(),
            mode.noZeroDate(),
            mode.noZeroInDate()
        };
        int bits = 0;
        for (int i = 0; i < rules.length; i++) {
            bits |= rules[i] ? 1 << i : 0;
        }
        return bits;
    }

    /** MySQL's error in what SQLite said of a failed statement; empty when it is SQLite's own. */
    static Optional<SqlError> error(@Nullable String message) {
        int at = message == null ? -1 : message.indexOf(ERROR);
        if (message == null || at < 0) {
            return Optional.empty();
        }
        Fields fields = new Fields(message.substring(at + ERROR.length()).getBytes(StandardCharsets.UTF_8));
        return fields.isEmpty() ? Optional.empty() : Optional.of(fields.message());
    }

    /** What a statement leaves behind. */
    record Result(int warningCount, @Nullable Long assignedId, List<Warnings.Warning> warnings) {}

    static Result result(byte[] bytes) {
        Fields fields = new Fields(bytes);
        int count = Integer.parseInt(fields.next());
        String assigned = fields.next();
        List<Warnings.Warning> warnings = new ArrayList<>();
        while (!fields.isEmpty()) {
            Warnings.Level level = fields.next().equals("N") ? Warnings.Level.NOTE : Warnings.Level.WARNING;
            SqlError message = fields.message();
            warnings.add(new Warnings.Warning(level, message.code().number(), message.getMessage()));
        }
        return new Result(count, assigned.isEmpty() ? null : Long.valueOf(assigned), List.copyOf(warnings));
    }

    /** Reads fields one after the other. */
    private static final class Fields {
        private final byte[] bytes;
        private int at;

        Fields(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean isEmpty() {
            return at >= bytes.length;
        }

        String next() {
            int length = 0;
            while (bytes[at] != ':') {
                length = length * 10 + bytes[at++] - '0';
            }
            String field = new String(bytes, at + 1, length, StandardCharsets.UTF_8);
            at += 1 + length;
            return field;
        }

        SqlError message() {
            SqlErrorCode code = SqlErrorCode.valueOf(next().substring(1));
            Object[] arguments = new Object[Integer.parseInt(next().substring(1))];
            for (int i = 0; i < arguments.length; i++) {
                String field = next();
                String value = field.substring(1);
                arguments[i] = field.startsWith("i") ? Long.valueOf(value) : value;
            }
            return code.with(arguments);
        }
    }
}
