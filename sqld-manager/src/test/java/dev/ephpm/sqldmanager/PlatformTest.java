package dev.ephpm.sqldmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlatformTest {
    @Test
    void thisMachineIsKnown() {
        assertThat(KnownPrograms.read().programs())
                .containsKey(Platform.here().name())
                .hasSize(4);
    }

    @Test
    void fourPlatformsAreKnown() {
        assertThat(Platform.of("Linux", "amd64", Optional.of("2.36")).name()).isEqualTo("linux-x64");
        assertThat(Platform.of("Linux", "aarch64", Optional.of("2.36")).name()).isEqualTo("linux-arm64");
        assertThat(Platform.of("Mac OS X", "x86_64", Optional.empty()).name()).isEqualTo("darwin-x64");
        assertThat(Platform.of("Mac OS X", "aarch64", Optional.empty()).name()).isEqualTo("darwin-arm64");
    }

    @Test
    void othersAreRefusedByName() {
        assertThatThrownBy(() -> Platform.of("Windows 11", "amd64", Optional.empty()))
                .hasMessageContaining("Windows 11");
        assertThatThrownBy(() -> Platform.of("Linux", "amd64", Optional.empty()))
                .hasMessageContaining("Alpine");
        assertThatThrownBy(() -> Platform.of("Linux", "riscv64", Optional.of("2.40")))
                .hasMessageContaining("riscv64");
    }

    @Test
    void onlyLinuxRunsIt() {
        assertThat(Platform.here().requireSupervision()).isEqualTo(Platform.here());
        Platform mac = Platform.of("Mac OS X", "aarch64", Optional.empty());
        assertThatThrownBy(mac::requireSupervision).hasMessageContaining("on Linux only");
    }

    @Test
    void anOldGlibcIsRefused() {
        Platform old = Platform.of("Linux", "aarch64", Optional.of("2.31"));
        assertThatThrownBy(() -> old.requireGlibc("2.34")).hasMessageContaining("needs glibc 2.34");
        Platform.of("Linux", "amd64", Optional.of("2.31")).requireGlibc("2.29");
        Platform.of("Linux", "amd64", Optional.of("2.100")).requireGlibc("2.29");
        Platform.of("Linux", "amd64", Optional.of("2.29")).requireGlibc("2.29");
    }

    @Test
    void sitesNeedOpenFiles() throws IOException {
        assertThat(OpenFiles.granted(100, 1_048_576)).isEqualTo(65_536);
        assertThat(OpenFiles.granted(10_000, 1_048_576)).isEqualTo(101_024);
        assertThat(OpenFiles.granted(100, 4096)).isEqualTo(4096);
        assertThatThrownBy(() -> OpenFiles.granted(400, 4096))
                .hasMessageContaining("400 replicated sites need 5024 open files")
                .hasMessageContaining("LimitNOFILE");
        assertThat(OpenFiles.parse(List.of(
                        "Limit  Soft Limit",
                        "Max open files            1024                 524288               files")))
                .isEqualTo(524_288);
        assertThat(OpenFiles.parse(List.of("Max open files   1024   unlimited   files")))
                .isGreaterThan(1_000_000);
        assertThat(OpenFiles.allowed()).isPositive();
    }
}
