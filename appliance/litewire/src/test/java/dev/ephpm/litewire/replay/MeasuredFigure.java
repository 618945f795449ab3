package dev.ephpm.litewire.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the tables of docs/mysql-compatibility.md: it may not claim more than was measured. {@code
 * -Dephpm.write-documents=true} writes it anew.
 */
final class MeasuredFigure {
    /** Percent: a few statements depend on the day they are run. */
    private static final double SLACK = 0.05;

    private static final Path DOCUMENT = Path.of("../../docs/mysql-compatibility.md");

    private MeasuredFigure() {}

    /** @param name how the line begins */
    static void check(String name, Tally tally) throws IOException {
        String text = Files.readString(DOCUMENT);
        Matcher line = Pattern.compile("(?m)^\\| (" + Pattern.quote(name) + "[^|]*) \\|.*?([\\d.]+) % \\|$")
                .matcher(text);
        assertThat(line.find()).as("a line for '%s' in %s", name, DOCUMENT).isTrue();
        if (Boolean.getBoolean("ephpm.write-documents")) {
            String written = String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.2f %% |",
                    line.group(1),
                    tally.results(),
                    tally.refused(),
                    Math.floor(100 * tally.identicalPercent()) / 100);
            Files.writeString(DOCUMENT, text.substring(0, line.start()) + written + text.substring(line.end()));
            return;
        }
        assertThat(Double.parseDouble(line.group(2)))
                .as("identical percent of '%s'; run this test with -Dephpm.write-documents=true to write it anew", name)
                .isLessThanOrEqualTo(tally.identicalPercent() + SLACK);
    }
}
