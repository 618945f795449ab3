package dev.ephpm.litewire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Names and defaults of the system variables, from {@code system_variables.tsv}. */
final class VariableTable {
    private static final Map<String, Variable> VARIABLES = read();

    private VariableTable() {}

    /** One variable. */
    record Variable(String initial, boolean settable) {}

    static Map<String, Variable> variables() {
        return VARIABLES;
    }

    private static Map<String, Variable> read() {
        InputStream resource = VariableTable.class.getResourceAsStream("system_variables.tsv");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(resource, "system_variables.tsv is missing"), StandardCharsets.UTF_8))) {
            Map<String, Variable> variables = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split("\t", -1);
                    variables.put(fields[0], new Variable(fields[1], fields[2].equals("s")));
                }
            }
            return Map.copyOf(variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
