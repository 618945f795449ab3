package dev.ephpm.e2e;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code probe.php} saw of a request: flattened superglobals, input and functions, one value a line. */
final class Probe {
    private final Map<String, String> values = new LinkedHashMap<>();

    private Probe() {}

    static Probe of(Answer answer) {
        Probe probe = new Probe();
        answer.expect(200).text().lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new AssertionError("not a line of probe.php: " + line);
            }
            probe.values.put(decode(line.substring(0, equals)), decode(line.substring(equals + 1)));
        });
        return probe;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A value by its path, such as {@code SERVER.REQUEST_URI} or {@code FILES.picture.error}. */
    String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new AssertionError("PHP saw no " + name + " but " + values);
        }
        return value;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
