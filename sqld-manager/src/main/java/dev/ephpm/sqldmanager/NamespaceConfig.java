package dev.ephpm.sqldmanager;

import java.time.Duration;
import java.util.Optional;

/**
 * What sqld is told of a namespace. It is always told everything, because it forgets what it is not told again.
 *
 * @param blockReads refuse reads
 * @param blockWrites refuse writes: the fence of a site that moves or whose lease is lost
 * @param reason for the block, part of the error that clients get; letters, digits, spaces and {@code . , : -} only
 */
public record NamespaceConfig(boolean blockReads, boolean blockWrites, Optional<String> reason) {
    /** How long a transaction may keep the write lock while others want it. sqld's own limit is 5 s from its begin, pings or not. */
    static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(60);

    /** The largest row, instead of sqld's 5 MB; settable at creation only. MySQL's max_allowed_packet is of this size. */
    private static final long MOST_ROW_BYTES = 64L << 20;

    public static final NamespaceConfig OPEN = new NamespaceConfig(false, false, Optional.empty());

    public NamespaceConfig {
        if (reason.isPresent() && !reason.get().matches("[\\p{L}\\p{N} .,:-]{1,200}")) {
            throw new SqldException(
                    SqldException.Reason.INVALID,
                    "'" + reason.get() + "' cannot be the reason of a block: use plain words");
        }
    }

    public static NamespaceConfig writesBlocked(String reason) {
        return new NamespaceConfig(false, true, Optional.of(reason));
    }

    String toJson() {
        return "{\"block_reads\":" + blockReads + ",\"block_writes\":" + blockWrites
                + reason.map(text -> ",\"block_reason\":\"" + text + "\"").orElse("") + ",\"txn_timeout_s\":"
                + TRANSACTION_LIMIT.toSeconds() + "}";
    }

    static String creationJson() {
        return "{\"txn_timeout_s\":" + TRANSACTION_LIMIT.toSeconds() + ",\"max_row_size\":" + MOST_ROW_BYTES + "}";
    }
}
