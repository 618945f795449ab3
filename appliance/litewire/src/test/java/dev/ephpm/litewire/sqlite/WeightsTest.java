package dev.ephpm.litewire.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final Map<String, WeightTable> TABLES = WeightTable.readAll();

    @Test
    void everyNamedCollationHasATable() {
        assertThat(TABLES.keySet()).containsExactlyInAnyOrderElementsOf(CollationNames.tables());
    }

    @Test
    void namesSayWhatTheTablesSay() {
        TABLES.forEach((name, table) -> {
            assertThat(CollationNames.isPlain(name)).as(name).isEqualTo(table.isPlain());
            assertThat(CollationNames.isPadded(name)).as(name).isEqualTo(table.padded());
        });
    }

    @Test
    void oldAndForeignNamesLeadToATable() {
        assertThat(CollationNames.of("utf8_general_ci")).isEqualTo("utf8mb4_general_ci");
        assertThat(CollationNames.of("utf16_czech_ci")).isEqualTo("utf8mb4_czech_ci");
        assertThat(CollationNames.of("utf8mb4_de_pb_0900_ai_ci")).isEqualTo("utf8mb4_0900_ai_ci");
        assertThat(CollationNames.of("utf8mb4_uca1400_as_ci")).isEqualTo("utf8mb4_uca1400_ai_ci");
        assertThat(CollationNames.of("LATIN1_SWEDISH_CI")).isEqualTo("latin1_swedish_ci");
        assertThat(CollationNames.of("gbk_chinese_ci")).isEqualTo("utf8mb4_general_ci");
        assertThat(CollationNames.of("latin1_general_cs")).isEqualTo("utf8mb4_bin");
        assertThat(CollationNames.of("binary")).isEqualTo("BINARY");
    }
}
