package dev.ephpm.walreplication;

import static java.util.Objects.requireNonNull;

import dev.ephpm.config.SiteName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes and checks the values of the cookie {@code __ephpm_bm}. All nodes share the keys. The byte table is in DESIGN.md.
 * Safe for use by many threads; never throws because of what a visitor sends.
 */
public final class Bookmarks {
    public static final String COOKIE = "__ephpm_bm";
    /** Nothing longer is looked at. */
    public static final int LONGEST_VALUE = 430;

    public static final int SHORTEST_KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 32;
    private static final byte VERSION = 1;
    /** Version, expiry, log, frame, length of the site's name. */
    private static final int FIXED_BYTES = 1 + 8 + 16 + 8 + 1;

    private static final int SHORTEST_BYTES = FIXED_BYTES + 1 + SIGNATURE_BYTES;

    private final SecretKey current;
    private final @Nullable SecretKey previous;
    private final Duration lifetime;
    private final Clock clock;

    /**
     * @param current signs, and is accepted; at least {@value #SHORTEST_KEY_BYTES} bytes
     * @param previous still accepted after a rotation, or null; to rotate, hand the new key to all nodes as previous first
     * @param lifetime how long a bookmark speaks; it need not outlive the longest lag in which a visitor returns
     */
    public Bookmarks(byte[] current, byte @Nullable [] previous, Duration lifetime, Clock clock) {
        this.current = key(current);
        this.previous = previous == null ? null : key(previous);
        this.lifetime = requireNonNull(lifetime, "lifetime is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    private static SecretKey key(byte[] bytes) {
        if (bytes.length < SHORTEST_KEY_BYTES) {
            throw new IllegalArgumentException("a key of bookmarks has at least " + SHORTEST_KEY_BYTES + " bytes");
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    /** A cookie value that says: whoever brings this has seen {@code site} at {@code position}. Letters, digits, - and _. */
    public String write(SiteName site, Position position) {
        byte[] name = site.value().getBytes(StandardCharsets.US_ASCII);
        byte[] content = ByteBuffer.allocate(FIXED_BYTES + name.length)
                .put(VERSION)
                .putLong(clock.instant().plus(lifetime).getEpochSecond())
                .putLong(position.log().getMostSignificantBits())
                .putLong(position.log().getLeastSignificantBits())
                .putLong(position.frame())
                .put((byte) name.length)
                .put(name)
                .array();
        byte[] signature = sign(current, content, content.length);
        byte[] value = Arrays.copyOf(content, content.length + SIGNATURE_BYTES);
        System.arraycopy(signature, 0, value, content.length, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    /** What a cookie value says about {@code site}; empty unless it is one of ours, about this site, and not expired. */
    public Optional<Bookmark> read(String value, SiteName site) {
        if (value.length() > LONGEST_VALUE) {
            return Optional.empty();
        }
        byte[] bytes = decode(value);
        if (bytes == null || bytes.length < SHORTEST_BYTES || !isSigned(bytes)) {
            return Optional.empty();
        }
        return Optional.ofNullable(parse(ByteBuffer.wrap(bytes, 0, bytes.length - SIGNATURE_BYTES)))
                .filter(bookmark -> bookmark.site().equals(site))
                .filter(bookmark -> clock.instant().isBefore(bookmark.expiry()));
    }

    private static byte @Nullable [] decode(String value) {
        try {
            return Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isSigned(byte[] bytes) {
        int length = bytes.length - SIGNATURE_BYTES;
        byte[] signature = Arrays.copyOfRange(bytes, length, bytes.length);
        boolean byCurrent = MessageDigest.isEqual(signature, sign(current, bytes, length));
        boolean byPrevious = previous != null && MessageDigest.isEqual(signature, sign(previous, bytes, length));
        return byCurrent || byPrevious;
    }

    /** Only called for what was signed here, so anything strange comes from another version of this program. */
    private static @Nullable Bookmark parse(ByteBuffer content) {
        if (content.get() != VERSION) {
            return null;
        }
        long expirySecond = content.getLong();
        UUID log = new UUID(content.getLong(), content.getLong());
        long frame = content.getLong();
        int length = content.get() & 0xff;
        String name = StandardCharsets.US_ASCII.decode(content).toString();
        boolean plausible = expirySecond >= 0 && expirySecond <= Instant.MAX.getEpochSecond() && frame >= 0;
        if (!plausible || length != name.length() || !SiteName.isValid(name)) {
            return null;
        }
        return new Bookmark(new SiteName(name), new Position(log, frame), Instant.ofEpochSecond(expirySecond));
    }

    private static byte[] sign(SecretKey key, byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
