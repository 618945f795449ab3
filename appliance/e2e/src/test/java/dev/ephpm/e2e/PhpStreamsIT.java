package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Large bodies in both directions pass through without gathering in memory. */
class PhpStreamsIT {
    private static final String HOST = "streams.test";
    private static final long MEGABYTE = 1 << 20;
    /** What a garbage collector may let pile up; a body that is held whole would be far more. */
    private static final long FLAT = 80 * MEGABYTE;

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("server.request.max_body_size", "200MB")
            .set("php.max_execution_time", 120)
            .set(
                    "php.ini_overrides",
                    java.util.List.of(
                            java.util.List.of("upload_max_filesize", "200M"),
                            java.util.List.of("post_max_size", "200M")))
            .site(HOST, site -> site.scripts("stream.php").file("hello.php", "<?php echo 'hello';"));

    @Test
    void gigabyteDownloadKeepsMemoryFlat() throws Exception {
        appliance.page(HOST, "/stream.php?send=20");
        AtomicLong received = new AtomicLong();
        long growth = growthDuring(() -> received.set(download(1024)));
        assertThat(received.get()).isGreaterThanOrEqualTo(1024 * MEGABYTE);
        assertThat(growth).isLessThan(FLAT);
    }

    @Test
    void slowReaderKeepsMemoryFlat() throws Exception {
        long growth = growthDuring(() -> {
            try (Wire wire = appliance.connect()) {
                wire.send(Call.get(HOST, "/stream.php?send=300").bytes());
                wire.head();
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                wire.reset();
            }
        });
        assertThat(growth).isLessThan(FLAT);
        assertThat(appliance.page(HOST, "/hello.php")).isEqualTo("hello");
    }

    @Test
    void hundredMegabyteUploadKeepsMemoryFlat() throws Exception {
        byte[] block = HttpRequestsIT.noise((int) MEGABYTE);
        CRC32 sum = new CRC32();
        long growth = growthDuring(() -> {
            try (Wire wire = appliance.connect()) {
                wire.send("POST /stream.php?read=1 HTTP/1.1\r\nHost: " + HOST
                        + "\r\nContent-Type: application/octet-stream\r\n" + "Content-Length: " + 100 * MEGABYTE
                        + "\r\n\r\n");
                for (int i = 0; i < 100; i++) {
                    wire.send(block);
                    sum.update(block);
                }
                String text = wire.answer().expect(200).text();
                assertThat(text).isEqualTo(100 * MEGABYTE + " " + String.format("%08x", sum.getValue()) + " flat");
            }
        });
        assertThat(growth).isLessThan(FLAT);
    }

    @Test
    void hundredMegabyteFormUploadArrivesWhole() throws Exception {
        byte[] block = HttpRequestsIT.noise((int) MEGABYTE);
        byte[] opening = Multipart.opening("big", "big.bin", "application/octet-stream");
        byte[] closing = Multipart.closing();
        CRC32 sum = new CRC32();
        long growth = growthDuring(() -> {
            try (Wire wire = appliance.connect()) {
                wire.send("POST /stream.php HTTP/1.1\r\nHost: " + HOST + "\r\nContent-Type: " + Multipart.contentType()
                        + "\r\nContent-Length: " + (opening.length + 100 * MEGABYTE + closing.length) + "\r\n\r\n");
                wire.send(opening);
                for (int i = 0; i < 100; i++) {
                    wire.send(block);
                    sum.update(block);
                }
                assertThat(wire.send(closing).answer().expect(200).text())
                        .isEqualTo(100 * MEGABYTE + " " + String.format("%08x", sum.getValue()));
            }
        });
        assertThat(growth).isLessThan(FLAT);
    }

    @Test
    void unlengthedUploadArrivesWhole() {
        byte[] body = HttpRequestsIT.noise((int) (5 * MEGABYTE));
        CRC32 sum = new CRC32();
        sum.update(body);
        Answer answer = appliance.send(
                Call.of("PUT", HOST, "/stream.php?read=1").body(body).chunked());
        assertThat(answer.expect(200).text())
                .isEqualTo(body.length + " " + String.format("%08x", sum.getValue()) + " flat");
    }

    private static long download(int megabytes) throws IOException {
        try (Wire wire = appliance.connect()) {
            wire.send(Call.get(HOST, "/stream.php?send=" + megabytes)
                    .header("Connection", "close")
                    .bytes());
            wire.head();
            InputStream input = wire.input();
            byte[] buffer = new byte[1 << 16];
            byte[] tail = new byte[0];
            long total = 0;
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                total += count;
                tail = Arrays.copyOfRange(buffer, Math.max(0, count - 5), count);
            }
            assertThat(new String(tail, StandardCharsets.US_ASCII)).endsWith("0\r\n\r\n");
            return total;
        }
    }

    /** How much the appliance with its workers grew at most while something ran. */
    private static long growthDuring(Task task) throws Exception {
        long before = appliance.memory();
        AtomicLong peak = new AtomicLong(before);
        AtomicBoolean running = new AtomicBoolean(true);
        Thread observer = Thread.ofPlatform().daemon().start(() -> {
            while (running.get()) {
                peak.accumulateAndGet(appliance.memory(), Math::max);
                LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
            }
        });
        try {
            task.run();
        } finally {
            running.set(false);
            observer.join();
        }
        return peak.get() - before;
    }

    @FunctionalInterface
    private interface Task {
        void run() throws Exception;
    }
}
