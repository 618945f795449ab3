package dev.ephpm.litewire.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the SQL out of MariaDB's own tests. These are written in a language of their own: statements end with a delimiter that
 * can be changed, lines that begin with {@code --} or a known word are commands, and {@code $name} is a variable. What cannot be
 * known without running the tests, such as statements with variables in them, is left out.
 */
final class SuiteStatements {
    /** The commands of mysqltest; a statement cannot begin with any of them. */
    private static final Set<String> COMMANDS = Set.of(
            "append_file",
            "assert",
            "cat_file",
            "change_user",
            "character_set",
            "chmod",
            "connect",
            "connection",
            "copy_file",
            "copy_files_wildcard",
            "dec",
            "die",
            "diff_files",
            "dirty_close",
            "disable_abort_on_error",
            "disable_connect_log",
            "disable_info",
            "disable_metadata",
            "disable_parsing",
            "disable_ps_protocol",
            "disable_query_log",
            "disable_reconnect",
            "disable_result_log",
            "disable_rpl_parse",
            "disable_session_track_info",
            "disable_testcase",
            "disable_warnings",
            "disconnect",
            "echo",
            "enable_abort_on_error",
            "enable_connect_log",
            "enable_info",
            "enable_metadata",
            "enable_parsing",
            "enable_ps_protocol",
            "enable_query_log",
            "enable_reconnect",
            "enable_result_log",
            "enable_rpl_parse",
            "enable_session_track_info",
            "enable_testcase",
            "enable_warnings",
            "end",
            "error",
            "eval",
            "exec",
            "exit",
            "file_exists",
            "horizontal_results",
            "if",
            "inc",
            "let",
            "list_files",
            "list_files_append_file",
            "list_files_write_file",
            "lowercase_result",
            "mkdir",
            "move_file",
            "my",
            "perl",
            "ping",
            "query_get_value",
            "query_horizontal",
            "query_vertical",
            "read_only",
            "real_sleep",
            "reap",
            "remove_file",
            "remove_files_wildcard",
            "replace_column",
            "replace_numeric_round",
            "replace_regex",
            "replace_result",
            "require",
            "reset_connection",
            "result_format",
            "rmdir",
            "save_master_pos",
            "send",
            "send_eval",
            "send_quit",
            "send_shutdown",
            "shutdown_server",
            "skip",
            "sleep",
            "sorted_result",
            "source",
            "sync_slave_with_master",
            "sync_with_master",
            "system",
            "vertical_results",
            "wait_for_slave_to_stop",
            "while",
            "write_file",
            "write_line");

    private static final Set<String> WITH_TEXT = Set.of("perl", "append_file", "write_file");
    private static final Set<String> RUNNING = Set.of("query_vertical", "query_horizontal", "send");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
    private static final Pattern VARIABLE = Pattern.compile("\\$[A-Za-z_]");
    private static final int LONGEST = 20_000;

    private final String text;
    private final Set<String> statements;
    private int at;
    private String delimiter = ";";

    private SuiteStatements(String text, Set<String> statements) {
        this.text = text;
        this.statements = statements;
    }

    /** The statements of all tests in a directory, each once, in the order of the files' names. */
    static List<String> in(Path directory) throws IOException {
        Set<String> statements = new LinkedHashSet<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".test"))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
        for (Path file : files) {
            Optional<String> text = utf8(Files.readAllBytes(file));
            if (text.isPresent()) {
                of(text.get(), statements);
            }
        }
        return new ArrayList<>(statements);
    }

    static void of(String text, Set<String> statements) {
        new SuiteStatements(text, statements).read();
    }

    /** Files in other character sets are for tests of those. */
    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void read() {
        while (skipBlanks()) {
            char c = text.charAt(at);
            if (c == '#' || text.startsWith("--", at)) {
                dashes(line());
            } else if (c == '{' || c == '}') {
                at++;
            } else {
                item();
            }
        }
    }

    private boolean skipBlanks() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.startsWith(delimiter, at))) {
            at += text.startsWith(delimiter, at) ? delimiter.length() : 1;
        }
        return at < text.length();
    }

    private String line() {
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        return line;
    }

    /** {@code --command}: one line. Some bring a text along, up to the line that says EOF. */
    private void dashes(String line) {
        if (line.startsWith("#")) {
            return;
        }
        String command = line.substring(2).strip();
        String word = firstWord(command);
        if (word.equals("delimiter")) {
            delimiter = command.substring(word.length()).strip();
        } else if (WITH_TEXT.contains(word)) {
            skipText(command);
        } else if (word.equals("disable_parsing")) {
            skipUnparsed();
        } else if (RUNNING.contains(word)) {
            add(command.substring(word.length()));
        }
    }

    private void skipUnparsed() {
        int end = text.indexOf("enable_parsing", at);
        at = end < 0 ? text.length() : end;
        line();
    }

    private static String firstWord(String command) {
        Matcher word = WORD.matcher(command);
        return word.lookingAt() ? word.group().toLowerCase(Locale.ROOT) : "";
    }

    private void item() {
        String word = firstWord(text.substring(at, Math.min(text.length(), at + 40)));
        if (word.equals("if") || word.equals("while")) {
            // The condition is in parentheses, the body is read as anything else.
            int brace = text.indexOf('{', at);
            at = brace < 0 ? text.length() : brace + 1;
            return;
        }
        String item = untilDelimiter();
        if (word.equals("delimiter")) {
            delimiter = item.substring(word.length()).strip();
        } else if (WITH_TEXT.contains(word)) {
            line();
            skipText(item);
        } else if (word.equals("disable_parsing")) {
            skipUnparsed();
        } else if (RUNNING.contains(word)) {
            add(item.substring(word.length()));
        } else if (!COMMANDS.contains(word)) {
            add(item);
        }
    }

    private void skipText(String command) {
        String[] words = command.strip().split("\\s+");
        String last = words[words.length - 1];
        String end = words.length > (firstWord(command).equals("perl") ? 1 : 2) ? last : "EOF";
        while (at < text.length() && !line().strip().equals(end)) {
            // Not SQL.
        }
    }

    /** Delimiters inside quotes and comments do not count. */
    private String untilDelimiter() {
        int start = at;
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quote != 0) {
                if (c == '\\' && quote != '`') {
                    at++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (text.startsWith(delimiter, at)) {
                String item = text.substring(start, at);
                at += delimiter.length();
                return item;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            } else if (c == '#' || (text.startsWith("--", at) && isBlank(at + 2))) {
                skipComment();
                continue;
            }
            at++;
        }
        return "";
    }

    private boolean isBlank(int index) {
        return index >= text.length() || Character.isWhitespace(text.charAt(index));
    }

    private void skipComment() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    private void add(String statement) {
        String stripped = statement.strip();
        if (!stripped.isEmpty()
                && stripped.length() <= LONGEST
                && !VARIABLE.matcher(stripped).find()) {
            statements.add(stripped);
        }
    }
}
