package dev.ephpm.walreplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.SiteName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A visitor gets back what they were given, and nothing else. */
class BookmarksTest {
    private static final SiteName SITE = new SiteName("alice.example");
    private static final Position POSITION =
            new Position(UUID.fromString("08a1a40f-5f1e-42c7-b031-7d2513acb47c"), 4_711);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final byte[] OLD = key('o');
    private static final byte[] NEW = key('n');

    private static byte[] key(char letter) {
        return String.valueOf(letter).repeat(32).getBytes(StandardCharsets.US_ASCII);
    }

    private static Bookmarks at(Instant now, byte[] current, byte @Nullable [] previous) {
        return new Bookmarks(current, previous, LIFETIME, Clock.fixed(now, ZoneOffset.UTC));
    }

    private final Bookmarks bookmarks = new Bookmarks(NEW, null, LIFETIME, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whatWasWrittenIsRead() {
        String value = bookmarks.write(SITE, POSITION);

        assertThat(bookmarks.read(value, SITE)).contains(new Bookmark(SITE, POSITION, NOW.plus(LIFETIME)));
        assertThat(value).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void itSaysNothingOfAnotherSite() {
        assertThat(bookmarks.read(bookmarks.write(SITE, POSITION), new SiteName("bob.example")))
                .isEmpty();
    }

    @Test
    void itExpires() {
        String value = bookmarks.write(SITE, POSITION);

        assertThat(at(NOW.plus(LIFETIME).minusMillis(1), NEW, null).read(value, SITE))
                .isPresent();
        assertThat(at(NOW.plus(LIFETIME), NEW, null).read(value, SITE)).isEmpty();
    }

    @Test
    void keysRotateWithoutLosingAnyone() {
        String old = at(NOW, OLD, NEW).write(SITE, POSITION);
        Bookmarks rotated = at(NOW, NEW, OLD);

        assertThat(rotated.read(old, SITE)).isPresent();
        assertThat(at(NOW, OLD, NEW).read(rotated.write(SITE, POSITION), SITE)).isPresent();
        assertThat(bookmarks.read(old, SITE)).as("after the old key is gone").isEmpty();
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] bytes = Base64.getUrlDecoder().decode(bookmarks.write(SITE, POSITION));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(bookmarks.read(encode(changed), SITE)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void everyShorterOrLongerValueIsNoticed() {
        String value = bookmarks.write(SITE, POSITION);
        for (int length = 0; length < value.length(); length++) {
            assertThat(bookmarks.read(value.substring(0, length), SITE)).isEmpty();
        }
        Stream.of("A", "AAAA", value)
                .forEach(more -> assertThat(bookmarks.read(value + more, SITE)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "====", "ä", "a b", "\0", "%41", "..", "A+/A", "null"})
    void whatIsNoBookmarkIsIgnored(String value) {
        assertThat(bookmarks.read(value, SITE)).isEmpty();
        assertThat(bookmarks.read(value.repeat(60), SITE)).isEmpty();
    }

    @Test
    void randomValuesAreIgnored() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            assertThat(bookmarks.read(encode(bytes), SITE)).isEmpty();
            assertThat(bookmarks.read(new String(bytes, StandardCharsets.ISO_8859_1), SITE))
                    .isEmpty();
        }
    }

    /** Another version of this program may share the keys and write something else. */
    @Test
    void whatIsSignedButStrangeIsIgnored() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(NEW, "HmacSHA256"));
        Random random = new Random(2);
        for (int round = 0; round < 20_000; round++) {
            byte[] content = new byte[35 + random.nextInt(50)];
            random.nextBytes(content);
            content[0] = (byte) (round % 3);
            content[33] = (byte) (round % 2 == 0 ? content.length - 34 : random.nextInt());
            byte[] value = Arrays.copyOf(content, content.length + 32);
            System.arraycopy(mac.doFinal(content), 0, value, content.length, 32);
            assertThat(bookmarks.read(encode(value), SITE)).isEmpty();
        }
    }

    @Test
    void theLongestSiteFitsIntoTheLongestValue() {
        SiteName longest = new SiteName("a".repeat(253));

        String value = bookmarks.write(longest, POSITION);

        assertThat(value).hasSizeLessThanOrEqualTo(Bookmarks.LONGEST_VALUE);
        assertThat(bookmarks.read(value, longest)).isPresent();
    }

    @Test
    void whatIsTooLongIsNotLookedAt() {
        assertThat(bookmarks.read("A".repeat(Bookmarks.LONGEST_VALUE + 1), SITE))
                .isEmpty();
        assertThat(bookmarks.read("A".repeat(10_000_000), SITE)).isEmpty();
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> at(NOW, new byte[31], null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> at(NOW, NEW, new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
