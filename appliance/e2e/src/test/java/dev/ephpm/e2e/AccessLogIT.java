package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The access log, one line a request, in both forms, and not to be forged. */
class AccessLogIT {
    private static final String HOST = "logged.test";

    @Test
    void combinedLineTellsTheRequest() throws Exception {
        String line = lineOf("combined");
        assertThat(line)
                .matches("127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}] "
                        + "\"GET /page\\.html\\?a=1 HTTP/1\\.1\" 200 4 \"http://from\\.test/\" \".*agent.*\".*");
    }

    @Test
    void jsonLineTellsTheRequest() throws Exception {
        String line = lineOf("json");
        assertThat(line).startsWith("{").endsWith("}").contains("200", "/page.html", HOST);
    }

    private static String lineOf(String format) throws Exception {
        try (Appliance appliance = new Appliance()) {
            Path log = appliance.directory().resolve("access.log");
            appliance
                    .set("server.logging.access", log.toString())
                    .set("server.logging.access_format", format)
                    .site(HOST, site -> site.file("page.html", "page"))
                    .start();
            appliance
                    .send(Call.get(HOST, "/page.html?a=1")
                            .header("Referer", "http://from.test/")
                            .header("User-Agent", "agent \"quoted\" \u001b[31m \\ end"))
                    .status();
            appliance
                    .send(Call.get(HOST, "/page.html?a=1")
                            .header("Referer", "http://from.test/")
                            .header("User-Agent", "agent \"q\""))
                    .expect(200);
            Eventually.within(
                    Duration.ofSeconds(3),
                    "the line is written",
                    () -> Files.exists(log)
                            && Files.readString(log)
                                    .lines()
                                    .anyMatch(line -> line.contains("agent") && line.contains("200")));
            assertThat(Files.readString(log)).doesNotContain("\u001b");
            return Files.readString(log)
                    .lines()
                    .filter(line -> line.contains("200") && line.contains("page.html"))
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }
    }
}
