package dev.ephpm.e2e;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Someone with a browser on one site: keeps cookies, follows redirects, fills forms. */
final class Visitor {
    private static final int MAX_REDIRECTS = 8;
    private static final Pattern INPUT = Pattern.compile("<(?:input|button)\\b[^>]*>", Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([a-z-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')", Pattern.CASE_INSENSITIVE);

    private final Function<Call, Answer> server;
    private final String host;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Visitor(Function<Call, Answer> server, String host) {
        this.server = server;
        this.host = host;
    }

    String host() {
        return host;
    }

    /** A page that must come, redirects followed. */
    String page(String target) {
        return expectPage("GET " + target, followed(target, send(Call.get(host, target))));
    }

    String post(String target, Map<String, String> form) {
        return expectPage("POST " + target, followed(target, send(Call.post(host, target, form))));
    }

    String upload(String target, Multipart form) {
        return expectPage("POST " + target, followed(target, send(form.call(host, target))));
    }

    /** One exchange, whatever comes back. */
    Answer send(Call call) {
        if (!cookies.isEmpty()) {
            StringBuilder header = new StringBuilder();
            cookies.forEach((name, value) -> header.append(header.isEmpty() ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            call.header("Cookie", header.toString());
        }
        Answer answer = server.apply(call.header("User-Agent", "ephpm-e2e/1.0"));
        answer.headers("Set-Cookie").forEach(this::keep);
        return answer;
    }

    /** The hidden and preset fields of the form whose text contains a marker. */
    static Map<String, String> form(String page, String marker) {
        Matcher forms = Pattern.compile("<form\\b.*?</form>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE)
                .matcher(page);
        while (forms.find()) {
            if (forms.group().contains(marker)) {
                return fields(forms.group());
            }
        }
        throw new AssertionError("no form with " + marker + " in\n" + page);
    }

    /** The first group of a pattern in a page. */
    static String find(String page, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in\n" + page);
        }
        return matcher.group(1);
    }

    static String unescaped(String html) {
        return html.replace("&amp;", "&")
                .replace("&#038;", "&")
                .replace("&quot;", "\"")
                .replace("&#039;", "'");
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher inputs = INPUT.matcher(form);
        while (inputs.find()) {
            Map<String, String> attributes = attributes(inputs.group());
            String type = attributes.getOrDefault("type", "text");
            String name = attributes.get("name");
            boolean unset = (type.equals("checkbox") || type.equals("radio"))
                    && !inputs.group().contains("checked");
            if (name != null && !unset && !type.equals("submit") && !type.equals("button")) {
                fields.put(name, unescaped(attributes.getOrDefault("value", "")));
            }
        }
        return fields;
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(tag);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            attributes.put(
                    matcher.group(1).toLowerCase(java.util.Locale.ROOT), quoted != null ? quoted : matcher.group(3));
        }
        return attributes;
    }

    private Answer followed(String start, Answer first) {
        String target = start;
        Answer answer = first;
        for (int i = 0; i < MAX_REDIRECTS && answer.status() / 100 == 3 && answer.status() != 304; i++) {
            String location = answer.header("Location").orElseThrow(() -> new AssertionError("a redirect to nowhere"));
            URI next = URI.create("http://" + host + target).resolve(location);
            target = next.getRawPath() + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery());
            answer = send(Call.get(host, target));
        }
        return answer;
    }

    private static String expectPage(String what, Answer answer) {
        if (answer.status() != 200 || !answer.complete()) {
            throw new AssertionError(what + " did not lead to a page: " + answer);
        }
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        if (text.contains("WordPress database error") || text.contains("There has been a critical error")) {
            throw new AssertionError(what + " shows an error:\n" + text);
        }
        return text;
    }

    private void keep(String cookie) {
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        if (pair[1].isBlank() || cookie.contains("Max-Age=0")) {
            cookies.remove(pair[0].trim());
        } else {
            cookies.put(pair[0].trim(), pair[1]);
        }
    }
}
