package dev.ephpm.phpbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.config.DataSize;
import dev.ephpm.config.IniSetting;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RequestFrameTest {
    private static PhpTenant tenant(List<IniSetting> ini) {
        Path directory = Path.of("/sites/a.test");
        return new PhpTenant(
                "a.test",
                directory,
                directory.resolve("public"),
                Path.of("/data/tmp"),
                Path.of("/data/sessions"),
                List.of(),
                DataSize.ofMebibytes(128),
                Duration.ofSeconds(30),
                ini,
                Map.of("DB_PASSWORD", "word"),
                Path.of("/data/php.log"));
    }

    private static PhpRequest request(Map<String, String> variables) {
        return new PhpRequest(
                tenant(List.of()), Path.of("/sites/a.test/x.php"), "GET", "/x", "", null, -1, null, variables, null);
    }

    @Test
    void writesAHeaderAndTheFieldsInOrder() {
        ByteBuf out = Unpooled.buffer();
        RequestFrame.write(out, 3, request(Map.of("HTTP_X", "\u00e9")));
        assertThat(out.readIntLE()).isEqualTo(out.readableBytes() - 4);
        assertThat(out.readByte()).isEqualTo((byte) Frames.VERSION);
        assertThat(out.readByte()).isEqualTo((byte) Frames.REQUEST_FRAME);
        assertThat(out.readShortLE()).isZero();
        assertThat(out.readShortLE()).isEqualTo((short) 3);
        assertThat(out.readShortLE()).isEqualTo((short) 1);
        assertThat(out.readLongLE()).isEqualTo(-1);
        assertThat(string(out)).isEqualTo("/sites/a.test/x.php");
        assertThat(string(out)).isEqualTo("GET");
        assertThat(string(out)).isEqualTo("/x");
        assertThat(string(out)).isEmpty();
        assertThat(out.readIntLE()).as("no content type").isEqualTo(-1);
        assertThat(out.readIntLE()).as("no cookie").isEqualTo(-1);
        assertThat(string(out)).isEqualTo("HTTP_X");
        assertThat(string(out)).isEqualTo("\u00c3\u00a9");
        assertThat(out.isReadable()).isFalse();
    }

    private static String string(ByteBuf out) {
        String text = out.readCharSequence(out.readIntLE(), StandardCharsets.ISO_8859_1)
                .toString();
        assertThat(out.readByte()).isZero();
        return text;
    }

    @Test
    void refusesMoreThanTheShimTakes() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < Frames.VARIABLES; i++) {
            many.put("HTTP_" + i, "x");
        }
        RequestFrame.write(Unpooled.buffer(), 0, request(many));
        many.put("HTTP_MORE", "x");
        assertTooLarge(many);
        assertTooLarge(Map.of("HTTP_X", "x".repeat(Frames.LIMIT)));
    }

    private static void assertTooLarge(Map<String, String> variables) {
        assertThatThrownBy(() -> RequestFrame.write(Unpooled.buffer(), 0, request(variables)))
                .isInstanceOfSatisfying(
                        PhpException.class, e -> assertThat(e.reason()).isEqualTo(PhpException.Reason.TOO_LARGE));
    }

    @Test
    void leavesASitesDirectivesNoWayThroughItsWalls() {
        ByteBuf out = Unpooled.buffer();
        TenantFrame.write(
                out,
                0,
                tenant(List.of(
                        new IniSetting("Open_BaseDir", "/everything"),
                        new IniSetting("sendmail_path", "/bin/evil"),
                        new IniSetting("opcache.preload", "/evil"),
                        new IniSetting("upload_max_filesize", "64M"))));
        String text = out.toString(StandardCharsets.ISO_8859_1);
        assertThat(text).contains("upload_max_filesize", "64M").doesNotContain("everything", "evil");
        assertThat(text).contains("/sites/a.test/:/sites/a.test/public/:/data/tmp/:/data/sessions/");
        assertThat(text.lastIndexOf("upload_max_filesize")).isLessThan(text.indexOf("open_basedir"));
    }

    @Test
    void quotesDirectivesForTheIniScanner() {
        assertThat(WorkerSettings.quoted("128M")).isEqualTo("128M");
        assertThat(WorkerSettings.quoted("")).isEqualTo("\"\"");
        assertThat(WorkerSettings.quoted("E_ALL & ~E_NOTICE")).isEqualTo("\"E_ALL & ~E_NOTICE\"");
        assertThat(WorkerSettings.quoted("a\nextension=b")).isEqualTo("\"a extension=b\"");
        assertThat(WorkerSettings.quoted("say \"x\"")).isEqualTo("'say \"x\"'");
    }
}
