package dev.ephpm.litewire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowsTest {
    private static String binary(ColumnType type, Object value) {
        PayloadWriter target = new PayloadWriter();
        BinaryValue.write(target, Column.ofExpression("x", type, 20, 63, 0, 0), value);
        return HexFormat.ofDelimiter(" ").formatHex(target.payload());
    }

    private static String text(ColumnType type, Object value) {
        byte[] bytes = TextRows.text(Column.ofExpression("x", type, 5, 63, Column.ZEROFILL, 0), value);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void binaryNumbers() {
        assertThat(binary(ColumnType.TINY, -1L)).isEqualTo("ff");
        assertThat(binary(ColumnType.SHORT, 258L)).isEqualTo("02 01");
        assertThat(binary(ColumnType.LONG, -2L)).isEqualTo("fe ff ff ff");
        assertThat(binary(ColumnType.LONGLONG, "18446744073709551615")).isEqualTo("ff ff ff ff ff ff ff ff");
        assertThat(binary(ColumnType.LONGLONG, new BigDecimal("18446744073709551616")))
                .isEqualTo("ff ff ff ff ff ff ff ff");
        assertThat(binary(ColumnType.LONGLONG, "12abc")).isEqualTo("0c 00 00 00 00 00 00 00");
        assertThat(binary(ColumnType.LONG, "abc")).isEqualTo("00 00 00 00");
        assertThat(binary(ColumnType.DOUBLE, 1L)).isEqualTo("00 00 00 00 00 00 f0 3f");
        assertThat(binary(ColumnType.FLOAT, 1.5)).isEqualTo("00 00 c0 3f");
        assertThat(binary(ColumnType.NEWDECIMAL, new BigDecimal("1.50"))).isEqualTo("04 31 2e 35 30");
    }

    @Test
    void binaryDatesAndTimes() {
        assertThat(binary(ColumnType.DATETIME, "2024-02-29 23:59:58")).isEqualTo("07 e8 07 02 1d 17 3b 3a");
        assertThat(binary(ColumnType.DATETIME, "2024-02-29 00:00:00")).isEqualTo("04 e8 07 02 1d");
        assertThat(binary(ColumnType.DATETIME, "0000-00-00 00:00:00")).isEqualTo("00");
        assertThat(binary(ColumnType.TIMESTAMP, "2024-01-01 00:00:00.5"))
                .isEqualTo("0b e8 07 01 01 00 00 00 20 a1 07 00");
        assertThat(binary(ColumnType.DATE, "2024-02-29")).isEqualTo("04 e8 07 02 1d");
        assertThat(binary(ColumnType.TIME, "-25:01:02")).isEqualTo("08 01 01 00 00 00 01 01 02");
        assertThat(binary(ColumnType.TIME, "00:00:00")).isEqualTo("00");
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "0.1, 0.1",
        "1e14, 100000000000000",
        "1e15, 1e15",
        "1.5e300, 1.5e300",
        "1e-5, 0.00001",
        "1e-15, 0.000000000000001",
        "1e-16, 1e-16",
        "-2.5, -2.5",
        "123456789.125, 123456789.125",
        "-1.25e20, -1.25e20",
        "0, 0"
    })
    void doublesAsMariaDbPrintsThem(double number, String printed) {
        assertThat(text(ColumnType.DOUBLE, number)).isEqualTo(printed);
    }

    @Test
    void floatsPrintTheirOwnDigits() {
        assertThat(text(ColumnType.FLOAT, (double) 0.1f)).isEqualTo("0.1");
    }

    @Test
    void zerofillPads() {
        assertThat(text(ColumnType.LONG, 42L)).isEqualTo("00042");
    }
}
