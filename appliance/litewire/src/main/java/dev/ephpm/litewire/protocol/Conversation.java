package dev.ephpm.litewire.protocol;

import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's conversation from greeting to goodbye, on the thread that calls {@link #run}. Closing it from another thread
 * ends it.
 */
public final class Conversation {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);
    private static final long LONGEST_HANDSHAKE = 64L * 1024;

    private final ByteChannel channel;
    private final long connectionId;
    private final String host;
    private final Logins logins;
    private final Limits limits;
    private final Deadline deadline = new Deadline();
    private final ConnectionBuffers buffers = ConnectionBuffers.take();
    private final PacketReader reader;
    private final PacketWriter writer;
    private int capabilities;

    public Conversation(ByteChannel channel, long connectionId, String host, Logins logins, Limits limits) {
        this.channel = channel;
        this.connectionId = connectionId;
        this.host = host;
        this.logins = logins;
        this.limits = limits;
        this.reader = new PacketReader(channel, buffers.incoming(), LONGEST_HANDSHAKE);
        this.writer = new PacketWriter(channel, buffers.outgoing(), new WritePatience());
    }

    /**
     * Limits of one conversation.
     *
     * @param serverVersion as the greeting shows it
     * @param largestPacketBytes max_allowed_packet
     */
    public record Limits(
            String serverVersion, long largestPacketBytes, Duration handshakeTimeout, Duration writeTimeout) {}

    /** Sends an error instead of a greeting and hangs up. */
    public void refuse(SqlError error) throws IOException {
        try (channel) {
            writer.packet(Packets.error(error));
            writer.flush();
        } finally {
            buffers.giveBack();
        }
    }

    /** Talks until the client leaves, is closed or breaks the protocol. */
    public void run() {
        try (channel) {
            converse();
        } catch (EOFException | ClosedChannelException e) {
            log.debug("connection {} ended: {}", connectionId, e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            log.debug("connection {} broke: {}", connectionId, e.getMessage());
        } finally {
            buffers.giveBack();
        }
    }

    private void converse() throws IOException {
        try {
            ServerSession session = logIn();
            if (session != null) {
                reader.limit(limits.largestPacketBytes());
                new CommandLoop(reader, writer, deadline, this, session).run();
            }
        } catch (ProtocolException e) {
            fail(e.error());
        }
    }

    private void fail(SqlError error) throws IOException {
        writer.sequence(reader.nextSequence());
        writer.packet(Packets.error(error));
        writer.flush();
    }

    private @Nullable ServerSession logIn() throws IOException {
        Nonce nonce = Nonce.random();
        writer.packet(new Handshake(limits.serverVersion(), connectionId, nonce).payload());
        writer.flush();
        reader.expectSequence(1);
        HandshakeResponse response = HandshakeResponse.parse(awaitAnswer());
        capabilities = response.capabilities();
        return authenticate(response.user(), response.plugin(), response.database(), nonce, response.authentication());
    }

    int capabilities() {
        return capabilities;
    }

    Limits limits() {
        return limits;
    }

    Logins logins() {
        return logins;
    }

    /** COM_CHANGE_USER: asks for the password with a new nonce. Null when the login failed and the connection is to end. */
    @Nullable
    ServerSession change(ChangeUser request) throws IOException {
        String plugin = known(request.plugin()) ? request.plugin() : NativePassword.NAME;
        Nonce nonce = Nonce.random();
        byte[] response = ask(plugin, nonce);
        return authenticate(request.user(), plugin, request.database(), nonce, response);
    }

    private byte[] ask(String plugin, Nonce nonce) throws IOException {
        writer.sequence(reader.nextSequence());
        writer.packet(Packets.switchAuthentication(plugin, nonce));
        writer.flush();
        reader.expectSequence(writer.sequence());
        return awaitAnswer();
    }

    private byte[] awaitAnswer() throws IOException {
        deadline.in(limits.handshakeTimeout());
        byte[] answer = reader.read();
        deadline.never();
        return answer;
    }

    private static boolean known(String plugin) {
        return plugin.equals(NativePassword.NAME) || plugin.equals(CachingSha2Password.NAME);
    }

    private @Nullable ServerSession authenticate(
            String user, String clientPlugin, Optional<String> database, Nonce firstNonce, byte[] firstResponse)
            throws IOException {
        String plugin = clientPlugin;
        Nonce nonce = firstNonce;
        byte[] response = firstResponse;
        if (!known(plugin)) {
            plugin = NativePassword.NAME;
            nonce = Nonce.random();
            response = ask(plugin, nonce);
        }
        Optional<? extends Logins.Login> login = logins.find(user);
        // An unknown user costs the same work and gets the same answer as a wrong password.
        PasswordVerifier password =
                login.<PasswordVerifier>map(Logins.Login::password).orElse(Decoy.PASSWORD);
        boolean matches = password.matches(plugin, nonce, response);
        if (!matches || login.isEmpty()) {
            logins.refused();
            fail(SqlErrorCode.ACCESS_DENIED.with(user, host, response.length == 0 ? "NO" : "YES"));
            return null;
        }
        return open(login.get(), user, plugin, database);
    }

    private @Nullable ServerSession open(Logins.Login login, String user, String plugin, Optional<String> database)
            throws IOException {
        boolean countsFoundRows = (capabilities & Capability.FOUND_ROWS) != 0;
        try {
            ServerSession session =
                    login.open(new Logins.Client(connectionId, user, host, database, countsFoundRows, this::close));
            writer.sequence(reader.nextSequence());
            if (plugin.equals(CachingSha2Password.NAME)) {
                writer.packet(CachingSha2Password.fastAuthenticationOk());
            }
            writer.packet(Packets.ok(0, 0, session.status(), 0, ""));
            writer.flush();
            return session;
        } catch (SqlError e) {
            fail(e);
            return null;
        }
    }

    /** Ends the conversation; any thread may call it. */
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("closing connection {} failed", connectionId, e);
        }
    }

    /** Closes the connection when its client has been silent, or has not read, for too long. */
    public void closeIfLate(long nowNanos) {
        if (deadline.passed(nowNanos)) {
            log.debug("connection {} was idle too long", connectionId);
            close();
        }
    }

    private static final class Decoy {
        static final PasswordVerifier PASSWORD = PasswordVerifier.of("nobody has this");
    }

    private final class WritePatience implements PacketWriter.Patience {
        @Override
        public void begin() {
            deadline.in(limits.writeTimeout());
        }

        @Override
        public void end() {
            deadline.never();
        }
    }
}
