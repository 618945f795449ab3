package dev.ephpm.litewire.sqlite;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What characters weigh in MariaDB's collations, asked of a server; writes the file that {@link WeightTable} reads. */
public final class WeightsOfMariaDb {
    private static final int LAST = 0x323FF;
    private static final int FIRST_SURROGATE = 0xD800;
    private static final int LAST_SURROGATE = 0xDFFF;
    private static final String SAME = "=";

    private static final List<String> LANGUAGES = List.of(
            "icelandic",
            "latvian",
            "romanian",
            "slovenian",
            "polish",
            "estonian",
            "spanish",
            "swedish",
            "turkish",
            "czech",
            "danish",
            "lithuanian",
            "slovak",
            "spanish2",
            "roman",
            "persian",
            "esperanto",
            "hungarian",
            "sinhala",
            "german2",
            "croatian_mysql561",
            "croatian",
            "myanmar",
            "vietnamese");

    private static final List<String> ONE_BYTE = List.of(
            "latin1_swedish",
            "latin1_german1",
            "latin1_danish",
            "latin1_german2",
            "latin1_general",
            "latin1_spanish",
            "latin2_general",
            "latin2_hungarian",
            "latin2_croatian",
            "ascii_general",
            "hebrew_general",
            "koi8r_general",
            "koi8u_general",
            "greek_general",
            "cp1250_general",
            "cp1250_croatian",
            "cp1250_polish",
            "latin5_turkish",
            "latin7_general",
            "cp1251_general",
            "cp1251_bulgarian",
            "cp1251_ukrainian");

    /** Runs a query and gives its output: rows as lines, columns separated by tabs. */
    private final Function<String, String> server;

    private final Map<String, @Nullable String[]> known = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    public WeightsOfMariaDb(Function<String, String> server) {
        this.server = server;
    }

    /** The whole file as text. */
    public String file() {
        table("utf8mb4_unicode_ci", "utf8mb4_unicode_ci", "");
        table("utf8mb4_general_ci", "utf8mb4_general_ci", "");
        table("utf8mb4_0900_ai_ci", "utf8mb4_uca1400_nopad_ai_ci", "");
        table("utf8mb4_unicode_520_ci", "utf8mb4_unicode_520_ci", "");
        table("utf8mb4_uca1400_ai_ci", "utf8mb4_uca1400_ai_ci", "utf8mb4_0900_ai_ci");
        table("utf8mb4_unicode_nopad_ci", "utf8mb4_unicode_nopad_ci", "utf8mb4_unicode_ci");
        table("utf8mb4_general_nopad_ci", "utf8mb4_general_nopad_ci", "utf8mb4_general_ci");
        table("utf8mb4_unicode_520_nopad_ci", "utf8mb4_unicode_520_nopad_ci", "utf8mb4_unicode_520_ci");
        table("utf8mb4_general_mysql500_ci", "utf8mb3_general_mysql500_ci", "utf8mb4_general_ci");
        for (String language : LANGUAGES) {
            String name = "utf8mb4_" + language + "_ci";
            table(name, name, "utf8mb4_unicode_ci");
        }
        for (String name : ONE_BYTE) {
            table(name + "_ci", name + "_ci", "");
            String nopad = name + "_nopad_ci";
            boolean first = name.endsWith("_general") && !name.equals("latin1_general");
            if (first || name.equals("latin1_swedish") || name.equals("latin5_turkish")) {
                table(nopad, nopad, name + "_ci");
            }
        }
        return text.toString();
    }

    /** Weights by character, each as four hexadecimal digits per level; null where the server has no such character. */
    @Nullable
    String[] weights(String collation) {
        String charset = collation.substring(0, collation.indexOf('_'));
        boolean bytes = !charset.startsWith("utf8");
        String character = "convert(char(seq using utf32) using " + charset + ")";
        int last = charset.equals("utf8mb3") ? 0xFFFF : LAST;
        String there = bytes ? " and convert(" + character + " using utf32) = char(seq using utf32)" : "";
        String answer = server.apply("select hex(seq), hex(weight_string(" + character + " collate " + collation
                + ")) from seq_1_to_" + last + " where (seq < 55296 or seq > 57343)" + there);
        @Nullable String[] weights = new String[LAST + 1];
        for (String line : answer.split("\n")) {
            int tab = line.indexOf('\t');
            String hex = line.substring(tab + 1);
            weights[Integer.parseInt(line.substring(0, tab), 16)] = bytes ? wide(hex) : hex;
        }
        return weights;
    }

    /** Weights of one byte, in the form of those of two. */
    private static String wide(String hex) {
        StringBuilder wide = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 2) {
            wide.append("00").append(hex, i, i + 2);
        }
        return wide.toString();
    }

    private void table(String name, String asked, String base) {
        @Nullable String[] weights = weights(asked);
        known.put(name, weights);
        text.append("collation ").append(name).append(asked.contains("nopad") ? " nopad" : " pad");
        text.append(base.isEmpty() ? "" : " base " + base).append('\n');
        @Nullable String[] inherited = known.getOrDefault(base, new String[LAST + 1]);
        @Nullable String[] described = new String[LAST + 1];
        for (int c = 1; c <= LAST; c++) {
            String weight = weights[c];
            described[c] = weight == null || weight.equals(inherited[c]) ? null : describe(c, weight);
        }
        // Characters behind the last one asked for weigh what it does.
        write(described, base.isEmpty() && "FFFD".equals(weights[LAST]));
    }

    private static String describe(int character, String hex) {
        if (hex.equals(String.format("%04X", character))) {
            return SAME;
        }
        for (int base : new int[] {0xFB40, 0xFB80, 0xFBC0}) {
            int[] implicit = WeightTable.implicit(base, character);
            if (hex.equals(String.format("%04X%04X", implicit[0], implicit[1]))) {
                return String.format("*%04X", base);
            }
        }
        StringBuilder listed = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 4) {
            listed.append(listed.isEmpty() ? "" : ".")
                    .append(Integer.toHexString(Integer.parseInt(hex.substring(i, i + 4), 16)));
        }
        return listed.toString();
    }

    private void write(@Nullable String[] described, boolean replaced) {
        int c = 1;
        while (c <= LAST) {
            String one = described[c];
            if (one == null) {
                c++;
                continue;
            }
            int end = c + 1;
            while (end <= LAST && (one.equals(described[end]) || (replaced && isSurrogate(end) && one.equals(SAME)))) {
                end++;
            }
            if (end - c > 2) {
                int last = replaced && end > LAST ? 0x10FFFF : end - 1;
                text.append(Integer.toHexString(c)).append('-').append(Integer.toHexString(last));
                text.append(' ').append(one).append('\n');
                c = end;
                continue;
            }
            StringBuilder list = new StringBuilder(one);
            int next = c + 1;
            while (next <= LAST && described[next] != null && !isRun(described, next)) {
                list.append(';').append(described[next]);
                next++;
            }
            text.append(Integer.toHexString(c)).append(' ').append(list).append('\n');
            c = next;
        }
    }

    private static boolean isSurrogate(int character) {
        return character >= FIRST_SURROGATE && character <= LAST_SURROGATE;
    }

    private static boolean isRun(@Nullable String[] described, int at) {
        return at + 2 <= LAST
                && Objects.equals(described[at], described[at + 1])
                && Objects.equals(described[at], described[at + 2]);
    }

    /** Packs the file's text. */
    public static void save(String text, Path file) throws IOException {
        try (Writer writer =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.US_ASCII)) {
            writer.write(text);
        }
    }

    /** The weights as the table gives them, to compare with {@link #weights(String)}. */
    static String hexadecimal(int[] weights) {
        return Arrays.stream(weights).mapToObj(w -> String.format("%04X", w)).reduce("", String::concat);
    }

    /** Characters that weigh something else there than in our table, at most ten. */
    public List<String> differences(String ours, String theirs) {
        WeightTable table = Objects.requireNonNull(WeightTable.readAll().get(ours), ours);
        @Nullable String[] weights = weights(theirs);
        return IntStream.rangeClosed(1, LAST)
                .filter(c ->
                        weights[c] != null && !hexadecimal(table.weights(c)).equals(weights[c]))
                .mapToObj(c -> Integer.toHexString(c) + " " + weights[c] + " " + hexadecimal(table.weights(c)))
                .limit(10)
                .toList();
    }

    /** Writes the file: arguments are the server's socket and the file. */
    public static void main(String[] arguments) throws Exception {
        Function<String, String> server = sql -> {
            try {
                Process process = new ProcessBuilder(
                                "mariadb", "--socket=" + arguments[0], "-N", "--raw", "mysql", "-e", sql)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        save(new WeightsOfMariaDb(server).file(), Path.of(arguments[1]));
    }
}
