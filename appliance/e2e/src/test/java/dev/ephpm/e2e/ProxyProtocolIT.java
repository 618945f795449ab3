package dev.ephpm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY protocol, switched on: every connection says first whom it speaks for. */
class ProxyProtocolIT {
    private static final String HOST = "proxied.test";
    private static final String REQUEST = "GET /probe.php HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n\r\n";
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};

    @RegisterExtension
    static final Appliance appliance = new Appliance()
            .set("server.proxy_protocol", true)
            .set("server.timeouts.header_read", "3s")
            .site(HOST, site -> site.scripts("probe.php"));

    @Test
    void versionOneNamesTheClient() {
        Probe probe = probe("PROXY TCP4 203.0.113.7 192.0.2.1 54321 443\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(probe.get("SERVER.REMOTE_ADDR")).isEqualTo("203.0.113.7");
        assertThat(probe.get("SERVER.REMOTE_PORT")).isEqualTo("54321");
    }

    @Test
    void versionOneNamesAClientOfIpv6() {
        Probe probe = probe("PROXY TCP6 2001:db8::7 2001:db8::1 54321 443\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(probe.get("SERVER.REMOTE_ADDR")).matches("2001:db8:(0:0:0:0:0|):7");
    }

    @Test
    void versionTwoNamesTheClient() {
        byte[] addresses = {(byte) 203, 0, 113, 8, (byte) 192, 0, 2, 1, (byte) 0xd4, 0x31, 1, (byte) 0xbb};
        Probe probe = probe(versionTwo(0x21, 0x11, addresses));
        assertThat(probe.get("SERVER.REMOTE_ADDR")).isEqualTo("203.0.113.8");
        assertThat(probe.get("SERVER.REMOTE_PORT")).isEqualTo("54321");
    }

    @Test
    void versionTwoOfABalancerItselfKeepsTheRealAddress() {
        assertThat(probe(versionTwo(0x20, 0x00, new byte[0])).get("SERVER.REMOTE_ADDR"))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PROXY NONSENSE\r\n", "PROXY TCP4 203.0.113.7\r\n"})
    void connectionWithoutAValidHeaderIsClosedUnanswered(String header) {
        try (Wire wire = Wire.to(appliance.port())) {
            wire.offer((header + REQUEST).getBytes(StandardCharsets.US_ASCII));
            assertThat(wire.closesWithin(Duration.ofSeconds(12))).isTrue();
        }
    }

    private static Probe probe(byte[] header) {
        try (Wire wire = Wire.to(appliance.port())) {
            return Probe.of(wire.send(header).send(REQUEST).answer());
        }
    }

    private static byte[] versionTwo(int command, int family, byte[] addresses) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SIGNATURE);
        bytes.write(command);
        bytes.write(family);
        bytes.write(addresses.length >> 8);
        bytes.write(addresses.length);
        bytes.writeBytes(addresses);
        return bytes.toByteArray();
    }
}
