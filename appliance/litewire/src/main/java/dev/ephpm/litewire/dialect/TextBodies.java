package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.sqlite.RawText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Text functions. */
final class TextBodies {
    /** MySQL answers NULL for results above max_allowed_packet. */
    private static final long LONGEST_RESULT = 16_777_216;

    private static final String SOUNDS = "01230120022455012623010202";

    private TextBodies() {}

    static void add(SqlFunctions functions) {
        functions.add("mysql_lower", a -> mapped(a.text(0), Character::toLowerCase));
        functions.add("mysql_upper", a -> mapped(a.text(0), Character::toUpperCase));
        functions.add("mysql_substring", TextBodies::substring);
        functions.add("mysql_right", a -> right(a.text(0), a.whole(1)));
        functions.add("mysql_trim", a -> trim(a.text(0), a.text(1), (int) a.whole(2)));
        functions.add("mysql_lpad", a -> pad(a.text(0), a.whole(1), a.text(2), true));
        functions.add("mysql_rpad", a -> pad(a.text(0), a.whole(1), a.text(2), false));
        functions.add("mysql_repeat", a -> repeat(a.text(0), a.whole(1)));
        functions.add(
                "mysql_reverse", a -> new StringBuilder(a.text(0)).reverse().toString());
        functions.add("mysql_substring_index", a -> substringIndex(a.text(0), a.text(1), a.whole(2)));
        functions.add("mysql_insert", a -> insert(a.text(0), a.whole(1), a.whole(2), a.text(3)));
        functions.add("mysql_quote", a -> quote(a.text(0)));
        functions.add("mysql_soundex", a -> soundex(a.text(0)));
        functions.add("mysql_strcmp", a -> (long) Integer.signum(compare(a.text(0), a.text(1), a.whole(2) != 0)));
        functions.add("mysql_locate", a -> locate(a.text(0), a.text(1), a.whole(2), a.whole(3) != 0));
        functions.add("mysql_find_in_set", a -> findInSet(a.text(0), a.text(1), a.whole(2) != 0));
        functions.add(
                "mysql_regexp",
                a -> flag(RegexCache.pattern(a.text(1), a.whole(2) != 0)
                        .matcher(new InterruptibleText(a.text(0)))
                        .find()));
        functions.add("mysql_regexp_replace", a -> replaced(a.text(0), a.text(1), a.text(2)));
        functions.add("mysql_regexp_substr", a -> {
            Matcher matcher = RegexCache.pattern(a.text(1), false).matcher(new InterruptibleText(a.text(0)));
            return matcher.find() ? matcher.group() : "";
        });
        functions.add("mysql_regexp_instr", a -> {
            Matcher matcher = RegexCache.pattern(a.text(1), false).matcher(new InterruptibleText(a.text(0)));
            return matcher.find() ? a.text(0).codePointCount(0, matcher.start()) + 1L : 0L;
        });
        functions.add(
                "mysql_search",
                a -> a.whole(1) != 0 ? FullTextQuery.logical(a.text(0)) : FullTextQuery.natural(a.text(0)));
        functions.addTakingNull("mysql_make_set", TextBodies::makeSet);
        functions.add("mysql_export_set", TextBodies::exportSet);
    }

    private static String replaced(String text, String regex, String replacement) {
        try {
            return RegexCache.pattern(regex, false)
                    .matcher(new InterruptibleText(text))
                    .replaceAll(replacement.replace("$", "\\$").replaceAll("\\\\(\\d)", "\\$$1"));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw SqlErrorCode.REGEXP_ERROR.with(String.valueOf(e.getMessage()));
        }
    }

    /** One character becomes one character: MySQL's ß has no capitals. */
    private static String mapped(String text, IntUnaryOperator change) {
        return text.codePoints()
                .map(change)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static long flag(boolean value) {
        return value ? 1 : 0;
    }

    private static String cut(String text, long from, long length) {
        int count = text.codePointCount(0, text.length());
        long start = from > 0 ? from - 1 : from < 0 ? count + from : count;
        if (start < 0 || start >= count || length <= 0) {
            return "";
        }
        int begin = text.offsetByCodePoints(0, (int) start);
        return text.substring(begin, text.offsetByCodePoints(begin, (int) Math.min(length, count - start)));
    }

    private static String substring(Arguments a) {
        return cut(a.text(0), a.whole(1), a.count() > 2 ? a.whole(2) : Long.MAX_VALUE);
    }

    private static String right(String text, long length) {
        int count = text.codePointCount(0, text.length());
        return length <= 0 ? "" : cut(text, Math.max(1, count - length + 1), length);
    }

    /** @param sides 1 at the beginning, 2 at the end, 3 both */
    private static String trim(String text, String what, int sides) {
        String rest = text;
        if (what.isEmpty()) {
            return rest;
        }
        while ((sides & 1) != 0 && rest.startsWith(what)) {
            rest = rest.substring(what.length());
        }
        while ((sides & 2) != 0 && rest.endsWith(what)) {
            rest = rest.substring(0, rest.length() - what.length());
        }
        return rest;
    }

    private static @Nullable String pad(String text, long length, String padding, boolean left) {
        int count = text.codePointCount(0, text.length());
        if (length < 0 || length > LONGEST_RESULT) {
            return null;
        }
        if (length <= count) {
            return cut(text, 1, length);
        }
        if (padding.isEmpty()) {
            return null;
        }
        long missing = length - count;
        int unit = padding.codePointCount(0, padding.length());
        String filler = cut(padding.repeat((int) (missing / unit + 1)), 1, missing);
        return left ? filler + text : text + filler;
    }

    private static @Nullable String repeat(String text, long times) {
        if (text.isEmpty() || times <= 0) {
            return "";
        }
        return times > LONGEST_RESULT / text.length() ? null : text.repeat((int) times);
    }

    private static String substringIndex(String text, String separator, long count) {
        if (separator.isEmpty() || count == 0) {
            return "";
        }
        int at = count > 0 ? -separator.length() : text.length();
        for (long i = 0; i < Math.abs(count); i++) {
            at = count > 0 ? text.indexOf(separator, at + separator.length()) : text.lastIndexOf(separator, at - 1);
            if (at < 0) {
                return text;
            }
            if (count < 0 && at == 0 && i + 1 < Math.abs(count)) {
                return text;
            }
        }
        return count > 0 ? text.substring(0, at) : text.substring(at + separator.length());
    }

    private static String insert(String text, long position, long length, String inserted) {
        int count = text.codePointCount(0, text.length());
        if (position < 1 || position > count) {
            return text;
        }
        boolean toEnd = length < 0 || position - 1 + length > count;
        String rest = toEnd ? "" : cut(text, position + length, Long.MAX_VALUE);
        return cut(text, 1, position - 1) + inserted + (position + length > count ? "" : rest);
    }

    private static String quote(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\0", "\\0")
                        .replace("\u001a", "\\Z")
                + "'";
    }

    /** The first letter, and a digit for every consonant of ASCII that sounds otherwise than the one before. */
    private static String soundex(String text) {
        StringBuilder sound = new StringBuilder();
        int digits = 0;
        char last = '0';
        for (int c : text.codePoints().toArray()) {
            boolean lone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            if (!Character.isLetter(c) || lone) {
                continue;
            }
            int letter = c < 0x80 ? Character.toUpperCase(c) : c;
            char code = letter < 0x80 ? SOUNDS.charAt(letter - 'A') : '0';
            if (sound.isEmpty()) {
                sound.appendCodePoint(Character.toUpperCase(c));
                last = code;
            } else if (code != '0' && code != last) {
                sound.append(code);
                digits++;
                last = code;
            }
        }
        return sound.isEmpty()
                ? ""
                : sound.append("0".repeat(Math.max(0, 3 - digits))).toString();
    }

    static int compare(String left, String right) {
        return Arrays.compare(Folding.fold(left.stripTrailing(), false), Folding.fold(right.stripTrailing(), false));
    }

    private static int compare(String left, String right, boolean binary) {
        return binary
                ? Arrays.compareUnsigned(RawText.bytes(left.stripTrailing()), RawText.bytes(right.stripTrailing()))
                : compare(left, right);
    }

    private static long locate(String wanted, String text, long from, boolean binary) {
        if (binary) {
            int count = text.codePointCount(0, text.length());
            int found = from < 1 || from > count + 1L
                    ? -1
                    : text.indexOf(wanted, text.offsetByCodePoints(0, (int) from - 1));
            return found < 0 ? 0 : text.codePointCount(0, found) + 1L;
        }
        int[] needle = Folding.fold(wanted, false);
        int[] hay = Folding.fold(text, false);
        if (from < 1) {
            return 0;
        }
        // MariaDB compares as many bytes as are wanted, so an accent that takes more of them is not found.
        int wantedBytes = wanted.getBytes(StandardCharsets.UTF_8).length;
        int[] characters = text.codePoints().toArray();
        boolean aligned = characters.length == hay.length;
        for (long start = from - 1; start + needle.length <= hay.length; start++) {
            int at = (int) start;
            boolean sameLength = !aligned
                    || new String(characters, at, needle.length).getBytes(StandardCharsets.UTF_8).length == wantedBytes;
            if (sameLength && Arrays.equals(hay, at, at + needle.length, needle, 0, needle.length)) {
                return start + 1;
            }
        }
        return 0;
    }

    private static long findInSet(String wanted, String set, boolean binary) {
        if (set.isEmpty() || wanted.indexOf(',') >= 0) {
            return 0;
        }
        String[] items = set.split(",", -1);
        for (int i = 0; i < items.length; i++) {
            if (compare(items[i], wanted, binary) == 0) {
                return i + 1L;
            }
        }
        return 0;
    }

    private static @Nullable String makeSet(Arguments a) {
        if (a.isNull(0)) {
            return null;
        }
        StringBuilder set = new StringBuilder();
        for (int i = 1; i < a.count(); i++) {
            if (((a.whole(0) >> (i - 1)) & 1) != 0 && !a.isNull(i)) {
                set.append(set.isEmpty() ? "" : ",").append(a.text(i));
            }
        }
        return set.toString();
    }

    private static String exportSet(Arguments a) {
        StringBuilder set = new StringBuilder();
        for (int i = 0; i < Math.clamp(a.whole(4), 0, Long.SIZE); i++) {
            boolean on = ((a.whole(0) >> i) & 1) != 0;
            set.append(i == 0 ? "" : a.text(3)).append(a.text(on ? 1 : 2));
        }
        return set.toString();
    }
}
