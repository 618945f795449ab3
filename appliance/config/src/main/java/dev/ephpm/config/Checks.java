package dev.ephpm.config;

import java.util.List;
import java.util.regex.Pattern;

/** What texts of certain keys must look like; each throws {@link IllegalArgumentException} with the reason. */
final class Checks {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern INI_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_][A-Za-z0-9_\\\\:]{0,127}");
    private static final Pattern USER = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,16}");
    private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z0-9_$][A-Za-z0-9_$.-]{0,63}");
    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int MOST_WILDCARDS = 16;

    private Checks() {}

    static void any(String text) {
        require(text.indexOf('\0') < 0, "it contains NUL");
    }

    static void headerValue(String text) {
        require(text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff)), "a header is one line");
    }

    static ResponseConfig.Header header(String name, String value) {
        require(TOKEN.matcher(name).matches(), TomlText.quote(name) + " is not a header name");
        headerValue(value);
        return new ResponseConfig.Header(name, value);
    }

    static IniSetting ini(String name, String value) {
        require(INI_NAME.matcher(name).matches(), TomlText.quote(name) + " is not the name of an ini directive");
        require(
                value.chars().allMatch(c -> c >= ' ' || c == '\t'),
                name + ": the value of an ini directive is one line");
        return new IniSetting(name, value);
    }

    static void function(String text) {
        require(FUNCTION.matcher(text).matches(), "not the name of a PHP function");
    }

    static void user(String text) {
        require(USER.matcher(text).matches(), "not a system user's name");
    }

    static void nodeId(String text) {
        require(NODE_ID.matcher(text).matches(), "letters, digits, dot, dash and underscore, at most 63");
    }

    static void hostPattern(String text) {
        require(HOST.matcher(text).matches(), "write a host name or *.example.com");
    }

    static void databaseName(String text) {
        require(DATABASE_NAME.matcher(text).matches(), "letters, digits, _, $, . and -, at most 64");
    }

    static boolean isVariable(String text) {
        return VARIABLE.matcher(text).matches();
    }

    static boolean isExtension(String text) {
        return EXTENSION.matcher(text).matches();
    }

    static void indexFile(String text) {
        require(!text.isEmpty() && text.indexOf('/') < 0 && text.indexOf('\0') < 0, "a file name without /");
        require(!text.startsWith("."), "an index file cannot be hidden");
    }

    /** A path pattern such as {@code /vendor/*}; {@code *} stands for any characters, {@code ?} for one. */
    static void glob(String text) {
        require(text.startsWith("/") || text.startsWith("*"), "a pattern starts with / or *");
        require(text.chars().allMatch(c -> c > ' ' && c != 0x7f), "spaces and control characters never match");
        require(
                text.chars().filter(c -> c == '*').count() <= MOST_WILDCARDS,
                "at most " + MOST_WILDCARDS + " wildcards");
        require(text.indexOf('[') < 0 && text.indexOf('{') < 0, "only * and ? are wildcards");
    }

    static void fallback(String text) {
        if (text.startsWith("=")) {
            require(text.matches("=[2-5]\\d\\d"), "a status is written =404");
            return;
        }
        require(text.startsWith("/") || text.startsWith("$uri"), "start with $uri, / or =");
        String rest = text.replace("$uri", "").replace("$query_string", "");
        require(rest.indexOf('$') < 0, "the variables are $uri and $query_string");
        require(text.chars().allMatch(c -> c > ' ' && c != 0x7f), "it contains spaces or control characters");
    }

    /** The whole chain, after each entry was checked. */
    static void fallbackChain(List<String> chain) {
        require(!chain.isEmpty(), "the chain is empty; write at least [\"$uri\", \"=404\"]");
        for (int index = 0; index < chain.size() - 1; index++) {
            require(
                    !chain.get(index).startsWith("="),
                    "entry " + (index + 1) + ": a status ends the chain, so it can only be the last entry");
        }
        String last = chain.getLast();
        require(
                last.startsWith("=") || last.startsWith("/"),
                "the last entry must always answer: a path such as /index.php?$query_string, or a status such as =404");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
