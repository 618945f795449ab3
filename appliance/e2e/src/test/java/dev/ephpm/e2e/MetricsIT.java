package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code /metrics} and the rest of the Node API. */
class MetricsIT {
    private static final String HOST = "metrics.test";
    private static final Pattern SAMPLE =
            Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"(\\\\.|[^\"\\\\])*\",?)*})? "
                    + "(-?[0-9.]+([eE][-+]?[0-9]+)?|[-+]Inf|NaN)( [0-9.]+)?( # .*)?");

    @RegisterExtension
    static final Appliance appliance =
            new Appliance().site(HOST, site -> site.file("page.html", "page").file("hello.php", "<?php echo 'hello';"));

    @Test
    void metricsParseAsOpenMetrics() {
        appliance.page(HOST, "/hello.php");
        Answer answer = appliance.nodeApi("/metrics").expect(200);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/openmetrics-text");
        List<String> lines = answer.text().lines().toList();
        assertThat(lines.getLast()).isEqualTo("# EOF");
        Set<String> typed = new HashSet<>();
        Set<String> samples = new HashSet<>();
        for (String line : lines) {
            if (line.startsWith("# TYPE ")) {
                assertThat(typed.add(line.split(" ")[2]))
                        .as("one TYPE for each family: %s", line)
                        .isTrue();
            } else if (!line.startsWith("# ")) {
                assertThat(line).matches(SAMPLE);
                assertThat(samples.add(line.substring(0, line.lastIndexOf(' '))))
                        .as("no sample twice: %s", line)
                        .isTrue();
            }
        }
        assertThat(typed).isNotEmpty();
        assertThat(appliance.metrics()).contains("ephpm_");
    }

    @Test
    void countersRiseByExactlyWhatWasSent() {
        double files = requests("200");
        double missing = requests("404");
        for (int i = 0; i < 37; i++) {
            appliance.page(HOST, "/page.html");
        }
        for (int i = 0; i < 11; i++) {
            appliance.get(HOST, "/missing-" + i);
        }
        for (int i = 0; i < 5; i++) {
            appliance.page(HOST, "/hello.php");
        }
        Eventually.holds(java.time.Duration.ofSeconds(2), () -> {
            assertThat(requests("200") - files).isEqualTo(42);
            assertThat(requests("404") - missing).isEqualTo(11);
        });
    }

    @Test
    void randomPathsAndHostsAddNoSeries() {
        appliance.get("unknown.test", "/x");
        appliance.get(HOST, "/x");
        appliance.get("unknown.test", "/x.php");
        Set<String> before = series();
        try (Wire wire = appliance.connect()) {
            for (int i = 0; i < 10_000; i++) {
                String host = i % 2 == 0 ? HOST : "host-" + i + ".test";
                wire.call(Call.get(host, "/path-" + i + (i % 3 == 0 ? ".php?q=" + i : "")));
            }
        }
        assertThat(series()).isEqualTo(before);
    }

    @Test
    void nodeApiWantsItsToken() {
        for (String authorization : new String[] {"", "Bearer ", "Bearer wrong", "Basic " + appliance.nodeApiToken()}) {
            try (Wire wire = Wire.to(appliance.nodeApiPort())) {
                Call call = Call.get("127.0.0.1:" + appliance.nodeApiPort(), "/api/config");
                Answer answer = wire.call(authorization.isEmpty() ? call : call.header("Authorization", authorization));
                assertThat(answer.status()).as(authorization).isEqualTo(401);
            }
        }
        assertThat(appliance.nodeApi("/api/sites").expect(200).text()).contains(HOST);
        assertThat(appliance.nodeApi("/api/workers").expect(200).text()).contains("workers");
        assertThat(appliance.nodeApi("/api/config").expect(200).text()).doesNotContain(appliance.nodeApiToken());
    }

    @Test
    void tokenIsReadableByItsOwnerOnly() throws Exception {
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(java.nio.file.Files.getPosixFilePermissions(
                        appliance.data().resolve("node-api.token"))))
                .isEqualTo("rw-------");
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        java.nio.file.Files.getPosixFilePermissions(appliance.data())))
                .endsWith("---");
    }

    private static double requests(String status) {
        return appliance.metric("ephpm_http_requests_total", "site=\"" + HOST + "\"", "status=\"" + status + "\"");
    }

    private static Set<String> series() {
        return appliance
                .metrics()
                .lines()
                .filter(line -> line.startsWith("ephpm_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
