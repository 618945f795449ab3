package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import dev.ephpm.walreplication.wire.Frame;
import dev.ephpm.walreplication.wire.HelloRequest;
import dev.ephpm.walreplication.wire.HelloResponse;
import dev.ephpm.walreplication.wire.LogOffset;
import dev.ephpm.walreplication.wire.ReplicationLogGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks one primary sqld about its logs, over gRPC with mutual TLS. Calls block the calling thread for at most the deadline
 * and throw {@link ReplicationException}. Safe for use by many threads; all calls share one connection.
 *
 * <p>Source: the services that sqld 0.24.32 serves on its gRPC port, see {@code replication_log.proto}.
 */
public final class ReplicationLogClient implements HomeLog, AutoCloseable {
    /** The name in the certificate of every sqld; its own replicas insist on it, so we do. */
    private static final String SERVER_NAME = "sqld";

    private static final int FRAME_BYTES = 24 + 4096;
    /** A thousand frames, with room for the envelope of each. sqld itself has no limit. */
    private static final int MESSAGE_LIMIT_BYTES = 1024 * (FRAME_BYTES + 64);

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
    private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(3);

    private static final Metadata.Key<byte[]> NAMESPACE =
            Metadata.Key.of("x-namespace-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final Metadata.Key<String> SESSION =
            Metadata.Key.of("x-session-token", Metadata.ASCII_STRING_MARSHALLER);

    private final String address;
    private final Duration deadline;
    private final EventLoopGroup loop;
    private final ManagedChannel channel;
    /** One entry for each site that was asked for and is known there; bounded by the number of sites. */
    private final Map<SiteName, String> sessions = new ConcurrentHashMap<>();

    /**
     * Does not connect yet; the first call does.
     *
     * @param deadline the longest that a call may take
     */
    public ReplicationLogClient(String host, int port, PeerCredentials credentials, Duration deadline) {
        requireNonNull(host, "host is null");
        this.deadline = requireNonNull(deadline, "deadline is null");
        address = host + ":" + port;
        loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        channel = NettyChannelBuilder.forAddress(host, port)
                .eventLoopGroup(loop)
                .channelType(NioSocketChannel.class)
                .sslContext(credentials.context())
                .overrideAuthority(SERVER_NAME)
                .maxInboundMessageSize(MESSAGE_LIMIT_BYTES)
                .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveWithoutCalls(true)
                .disableRetry()
                .build();
    }

    @Override
    public Head hello(SiteName site) {
        HelloResponse answer = call(
                "ask for the head of",
                site,
                () -> stub(metadata(site))
                        .hello(HelloRequest.newBuilder().setHandshakeVersion(1).build()));
        sessions.put(site, answer.getSessionToken().toStringUtf8());
        return new Head(
                logId(site, answer.getLogId()),
                answer.hasCurrentReplicationIndex() ? answer.getCurrentReplicationIndex() : null,
                answer.getConfig().getBlockWrites());
    }

    /**
     * The transactions from {@code firstFrame} on; sqld sends 1,024 frames and the rest of the transaction that the last of
     * them belongs to. Each frame costs 4 KiB on the wire, and sqld remembers the times of about the last hundred commits
     * only; older ones are left out.
     *
     * @throws ReplicationException with {@link ReplicationException.Code#TOO_LARGE} if these do not fit into a message
     */
    @Override
    public List<Commit> commits(SiteName site, long firstFrame) {
        LogOffset offset = LogOffset.newBuilder().setNextOffset(firstFrame).build();
        return withSession(
                site,
                session -> stub(session).batchLogEntries(offset).getFramesList().stream()
                        .filter(Frame::hasTimestamp)
                        .map(ReplicationLogClient::commit)
                        .toList());
    }

    private static Commit commit(Frame frame) {
        if (frame.getData().size() != FRAME_BYTES) {
            throw new ReplicationException(
                    ReplicationException.Code.PROTOCOL,
                    "a frame has " + frame.getData().size() + " bytes instead of " + FRAME_BYTES);
        }
        long number = Long.reverseBytes(frame.getData().asReadOnlyByteBuffer().getLong(0));
        return new Commit(number, Instant.ofEpochMilli(frame.getTimestamp()));
    }

    /** The session ends when the primary restarts or the site's configuration changes; then a new one is begun, once. */
    private <T> T withSession(SiteName site, Function<Metadata, T> call) {
        if (!sessions.containsKey(site)) {
            hello(site);
        }
        return call("read the log of", site, () -> {
            try {
                return call.apply(sessionMetadata(site));
            } catch (StatusRuntimeException e) {
                if (!saysNoHello(e)) {
                    throw e;
                }
                hello(site);
                return call.apply(sessionMetadata(site));
            }
        });
    }

    private static boolean saysNoHello(StatusRuntimeException e) {
        return e.getStatus().getCode() == Status.Code.FAILED_PRECONDITION
                && "NO_HELLO".equals(e.getStatus().getDescription());
    }

    private <T> T call(String action, SiteName site, Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            ReplicationException.Code code = code(e.getStatus());
            if (code == ReplicationException.Code.UNKNOWN_SITE) {
                sessions.remove(site);
            }
            if (code == ReplicationException.Code.UNREACHABLE) {
                // Otherwise the channel would wait up to two minutes before it tries again.
                channel.resetConnectBackoff();
            }
            throw new ReplicationException(
                    code, "cannot " + action + " " + site + " at " + address + ": " + e.getStatus(), e);
        }
    }

    private static ReplicationException.Code code(Status status) {
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> ReplicationException.Code.UNREACHABLE;
            case FAILED_PRECONDITION ->
                "NAMESPACE_DOESNT_EXIST".equals(status.getDescription())
                        ? ReplicationException.Code.UNKNOWN_SITE
                        : ReplicationException.Code.PROTOCOL;
            case RESOURCE_EXHAUSTED -> ReplicationException.Code.TOO_LARGE;
            default -> ReplicationException.Code.PROTOCOL;
        };
    }

    private UUID logId(SiteName site, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new ReplicationException(
                    ReplicationException.Code.PROTOCOL,
                    "the log of " + site + " at " + address + " has an identity that is no UUID: " + text,
                    e);
        }
    }

    private ReplicationLogGrpc.ReplicationLogBlockingStub stub(Metadata metadata) {
        return ReplicationLogGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Metadata metadata(SiteName site) {
        Metadata metadata = new Metadata();
        metadata.put(NAMESPACE, site.value().getBytes(StandardCharsets.UTF_8));
        return metadata;
    }

    private Metadata sessionMetadata(SiteName site) {
        Metadata metadata = metadata(site);
        String session = sessions.get(site);
        if (session != null) {
            metadata.put(SESSION, session);
        }
        return metadata;
    }

    /** Ends running calls and closes the connection. */
    @Override
    public void close() {
        channel.shutdownNow();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
