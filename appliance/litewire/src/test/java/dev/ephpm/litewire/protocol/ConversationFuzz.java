package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.ResultSink;
import dev.ephpm.litewire.SqlErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes any bytes as what a client sends, to the handshake or to a logged-in connection. The connection must end in order, what
 * it answers must be packets in step, and neither time nor memory may go beyond what the bytes are worth.
 */
public final class ConversationFuzz {
    private static final int ERROR = 0xFF;
    private static final long LARGEST_PACKET = 1 << 16;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MOST_BYTES = 16L << 20;
    private static final Conversation.Limits LIMITS =
            new Conversation.Limits("5.5.5-fuzz", LARGEST_PACKET, Duration.ofSeconds(10), Duration.ofSeconds(10));

    /** Whom a command loop asks for limits, and for another login, which then fails. */
    private static final Conversation ENDED =
            new Conversation(new Memory(new byte[0]), 1, "localhost", new Strangers(), LIMITS);

    private ConversationFuzz() {}

    /** For Jazzer: the first byte decides what the others are. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0] & 3) {
            case 0 -> handshake(rest);
            case 1 -> commands(rest);
            default -> commands(framed(rest));
        }
    }

    /** Each command is as long as the byte before it says, and in step. */
    private static byte[] framed(byte[] input) {
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        int at = 0;
        while (at < input.length) {
            int length = Math.min(input[at] & 0xff, input.length - at - 1);
            packets.write(length);
            packets.write(0);
            packets.write(0);
            packets.write(0);
            packets.write(input, at + 1, length);
            at += length + 1;
        }
        return packets.toByteArray();
    }

    static void handshake(byte[] input) {
        bounded(() -> {
            Memory channel = new Memory(input);
            new Conversation(channel, 1, "localhost", new Strangers(), LIMITS).run();
            channel.checkPackets();
        });
    }

    static void commands(byte[] input) {
        bounded(() -> {
            Memory channel = new Memory(input);
            PacketReader reader = new PacketReader(channel, ByteBuffer.allocate(PacketReader.BUFFER), LARGEST_PACKET);
            ByteBuffer outgoing = ByteBuffer.allocate(PacketWriter.BUFFER);
            PacketWriter writer = new PacketWriter(channel, outgoing, new PacketWriter.Patience() {
                @Override
                public void begin() {
                    // A memory is patient.
                }

                @Override
                public void end() {
                    // A memory is patient.
                }
            });
            try {
                new CommandLoop(reader, writer, new Deadline(), ENDED, new Echo()).run();
            } catch (IOException e) {
                // The end of the bytes, or of the protocol.
            }
            channel.checkPackets();
        });
    }

    private static void bounded(Runnable conversation) {
        long start = System.nanoTime();
        // What is loaded and instrumented at the first time does not count.
        if (bytes(conversation) > MOST_BYTES) {
            long again = bytes(conversation);
            if (again > MOST_BYTES) {
                throw new AssertionError("the conversation took " + again + " bytes");
            }
        }
        if (System.nanoTime() - start > LONGEST_NANOS) {
            throw new AssertionError("the conversation took too long");
        }
    }

    private static long bytes(Runnable conversation) {
        long before = allocated();
        conversation.run();
        return allocated() - before;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** The client's bytes, and room for the answers. */
    private static final class Memory implements ByteChannel {
        private final ByteBuffer input;
        private final ByteArrayOutputStream output = new ByteArrayOutputStream();
        private boolean open = true;

        Memory(byte[] input) {
            this.input = ByteBuffer.wrap(input);
        }

        @Override
        public int read(ByteBuffer target) {
            if (!input.hasRemaining()) {
                return -1;
            }
            int count = Math.min(input.remaining(), target.remaining());
            target.put(input.slice(input.position(), count));
            input.position(input.position() + count);
            return count;
        }

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            byte[] bytes = new byte[count];
            source.get(bytes);
            output.writeBytes(bytes);
            return count;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }

        /** Whole packets whose numbers follow each other until an answer begins. */
        void checkPackets() {
            byte[] bytes = output.toByteArray();
            int at = 0;
            int before = -1;
            while (at < bytes.length) {
                if (at + 4 > bytes.length) {
                    throw new AssertionError("half a packet header was sent");
                }
                int length = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
                int sequence = bytes[at + 3] & 0xff;
                // An error answers a packet with a wrong number, whose number plus one it bears.
                boolean error = length > 0 && at + 4 < bytes.length && (bytes[at + 4] & 0xff) == ERROR;
                boolean begins = sequence <= 2;
                if (!begins && !error && sequence != ((before + 1) & 0xff)) {
                    throw new AssertionError("packet " + sequence + " came after " + before);
                }
                before = sequence;
                at += 4 + length;
            }
            if (at != bytes.length) {
                throw new AssertionError("half a packet was sent");
            }
        }
    }

    /** Knows one account, whose password nobody has. */
    private static final class Strangers implements Logins {
        private static final PasswordVerifier PASSWORD = PasswordVerifier.of("secret");

        @Override
        public Optional<Login> find(String user) {
            return user.equals("a") ? Optional.of(new Account()) : Optional.empty();
        }

        @Override
        public void refused() {
            // Nobody counts.
        }

        @Override
        public String statistics() {
            return "Uptime: 1";
        }
    }

    private static final class Account implements Logins.Login {
        @Override
        public PasswordVerifier password() {
            return Strangers.PASSWORD;
        }

        @Override
        public ServerSession open(Logins.Client client) {
            return new Echo();
        }
    }

    /** Answers every statement with its values. */
    private static final class Echo implements ServerSession {
        private static final int MOST_PARAMETERS = 300;
        private static final Column COLUMN = Column.ofText("value", 100);

        @Override
        public void useDatabase(String name) {
            if (name.isEmpty()) {
                throw SqlErrorCode.UNKNOWN_DATABASE.with(name);
            }
        }

        @Override
        public List<String> split(String sql) {
            return List.of(sql.split(";", 10));
        }

        @Override
        public void query(String sql, ResultSink sink) {
            if (sql.endsWith("LIMIT 0")) {
                sink.columns(List.of(COLUMN));
                sink.endOfRows();
            } else if (sql.startsWith("S")) {
                answer(List.of(new Literal.Text(sql)), sink);
            } else if (sql.startsWith("E")) {
                throw SqlErrorCode.EMPTY_QUERY.with();
            } else {
                sink.done(1, 2, "info");
            }
        }

        private static void answer(List<Literal> values, ResultSink sink) {
            sink.columns(values.stream().map(_ -> COLUMN).toList());
            sink.row(values.stream().map(Echo::value).toArray());
            sink.endOfRows();
        }

        private static @Nullable Object value(Literal literal) {
            return switch (literal) {
                case Literal.Null _ -> null;
                case Literal.Text text -> text.text();
                default -> literal.toString();
            };
        }

        @Override
        public Prepared prepare(String sql) {
            int parameters = (int)
                    sql.chars().filter(c -> c == '?').limit(MOST_PARAMETERS).count();
            return new Prepared() {
                @Override
                public int parameterCount() {
                    return parameters;
                }

                @Override
                public List<Column> columns() {
                    return List.of(COLUMN);
                }
            };
        }

        @Override
        public void execute(Prepared statement, List<Literal> parameters, ResultSink sink) {
            if (parameters.size() != statement.parameterCount()) {
                throw new AssertionError(parameters.size() + " values for " + statement.parameterCount());
            }
            if (parameters.isEmpty()) {
                sink.done(0, 0, "");
            } else {
                answer(parameters, sink);
            }
        }

        @Override
        public void reset() {
            // Nothing is kept.
        }

        @Override
        public void kill(long connectionId) {
            throw SqlErrorCode.NO_SUCH_THREAD.with(connectionId);
        }

        @Override
        public Duration idleTimeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public int status() {
            return ServerStatus.AUTOCOMMIT;
        }

        @Override
        public int warningCount() {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
