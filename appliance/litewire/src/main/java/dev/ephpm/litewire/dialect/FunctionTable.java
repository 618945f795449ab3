package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's plain functions and their SQLite text. In a template {@code {t1}} is the first argument as text, {@code {n2}} the
 * second as a number, {@code {i1}} a whole number, {@code {b1}} bytes, {@code {c1}} characters of text or bytes, {@code {r1}} as
 * it is, {@code {h1}} so but for FLOAT, {@code {t*}} all arguments, {@code {k*}} whether they compare byte by byte.
 */
final class FunctionTable {
    private static final Map<String, Map<Integer, Rule>> RULES = new HashMap<>();
    private static final int ANY_NUMBER = -1;

    /** Functions of one text that do something else with bytes. */
    private static final Map<String, String> OF_BYTES = Map.of(
            "LOWER", "{b1}",
            "LCASE", "{b1}",
            "UPPER", "{b1}",
            "UCASE", "{b1}",
            "CHAR_LENGTH", "octet_length({b1})",
            "CHARACTER_LENGTH", "octet_length({b1})",
            "ORD", "mysql_ascii({b1})");

    /** What takes their place for an argument that SQLite may not be able to hold. */
    private static final Map<String, String> OF_REALS = Map.of(
            "ROUND1", "mysql_round_real({n1}, 0)",
            "ROUND2", "mysql_round_real({n1}, {i2})",
            "TRUNCATE2", "mysql_truncate_real({n1}, {i2})");

    private static final Map<String, String> OF_MOMENTS = Map.of(
            "ABS1", "mysql_absolute({n1})",
            "SIGN1", "mysql_compare({n1}, 0)",
            "CEIL1", "mysql_round_moment({r1}, 0, 3)",
            "CEILING1", "mysql_round_moment({r1}, 0, 3)",
            "FLOOR1", "mysql_round_moment({r1}, 0, 2)",
            "ROUND1", "mysql_round_moment({r1}, 0, 0)",
            "ROUND2", "mysql_round_moment({r1}, {i2}, 0)",
            "TRUNCATE2", "mysql_round_moment({r1}, {i2}, 1)");

    private static final Map<String, String> EXACT = Map.of(
            "ABS1", "mysql_absolute({n1})",
            "CEIL1", "mysql_rounded({n1}, 0, 3)",
            "CEILING1", "mysql_rounded({n1}, 0, 3)",
            "FLOOR1", "mysql_rounded({n1}, 0, 2)",
            "ROUND1", "mysql_rounded({n1}, 0, 0)",
            "ROUND2", "mysql_rounded({n1}, {i2}, 0)",
            "TRUNCATE2", "mysql_rounded({n1}, {i2}, 1)",
            "SIGN1", "mysql_compare({n1}, 0)");

    private FunctionTable() {}

    /** SQLite text for one function with one number of arguments. */
    record Rule(String template, Function<List<Fragment>, Type> type, boolean mayBeNull) {}

    static Optional<Rule> rule(String name, List<Fragment> arguments) {
        Map<Integer, Rule> rules = RULES.get(name);
        if (rules == null) {
            return Optional.empty();
        }
        Rule exact = rules.get(arguments.size());
        Rule rule = exact != null ? exact : rules.get(ANY_NUMBER);
        if (rule == null || arguments.isEmpty()) {
            return Optional.ofNullable(rule);
        }
        Fragment first = arguments.getFirst();
        String ofBytes = OF_BYTES.get(name);
        String special = ofBytes != null && first.type().isBytes() ? ofBytes : special(name + arguments.size(), first);
        return Optional.of(special == null ? rule : new Rule(special, rule.type(), rule.mayBeNull()));
    }

    private static @Nullable String special(String call, Fragment first) {
        Type.Family family = first.type().family();
        if (family == Type.Family.TIME || family == Type.Family.DATETIME) {
            return OF_MOMENTS.get(call);
        }
        boolean large = first.type().isExactInteger() && Forms.isLarge(first);
        if (Forms.isWide(first) || (large && !call.endsWith("1"))) {
            return EXACT.get(call);
        }
        return NumberTypes.of(first).family() == Type.Family.DOUBLE ? OF_REALS.get(call) : null;
    }

    static boolean exists(String name) {
        return RULES.containsKey(name);
    }

    private static void add(String names, int arguments, String template, Function<List<Fragment>, Type> type) {
        add(names, arguments, new Rule(template, type, false));
    }

    private static void addNullable(String names, int arguments, String template, Function<List<Fragment>, Type> type) {
        add(names, arguments, new Rule(template, type, true));
    }

    private static void add(String names, int arguments, Rule rule) {
        for (String name : names.split(" ")) {
            RULES.computeIfAbsent(name, _ -> new HashMap<>()).put(arguments, rule);
        }
    }

    private static Function<List<Fragment>, Type> whole(int length) {
        return _ -> Type.integer(length);
    }

    private static Function<List<Fragment>, Type> text(int characters) {
        return _ -> Type.text(characters);
    }

    /** Text as long as an argument, times a factor. */
    private static Function<List<Fragment>, Type> textOf(int argument, int factor) {
        return arguments -> Type.text(arguments.get(argument).type().characters() * factor)
                .withCollation(arguments.get(argument).type().collation());
    }

    private static Type real(List<Fragment> arguments) {
        return Type.real();
    }

    private static Function<List<Fragment>, Type> bytes(int length) {
        return _ -> Type.binary(length);
    }

    static {
        numbers();
        strings();
        searches();
        encodings();
        json();
        addresses();
        formats();
    }

    private static void numbers() {
        add("ABS", 1, "abs({n1})", NumberTypes::absolute);
        add("CEIL CEILING", 1, "ceil({n1})", NumberTypes::whole);
        add("FLOOR", 1, "floor({n1})", NumberTypes::whole);
        add("ROUND", 1, "round({n1})", NumberTypes::rounded);
        add("ROUND", 2, "mysql_round({n1}, {i2})", NumberTypes::roundedTo);
        add("TRUNCATE", 2, "mysql_truncate({n1}, {i2})", NumberTypes::truncated);
        add("SIGN", 1, "sign({n1})", whole(2));
        addNullable("SQRT", 1, "sqrt({x1})", FunctionTable::real);
        addNullable("POW POWER", 2, "pow({x1}, {x2})", FunctionTable::real);
        addNullable("EXP", 1, "mysql_exp({x1})", FunctionTable::real);
        addNullable("LN LOG", 1, "mysql_ln({x1})", FunctionTable::real);
        addNullable("LOG", 2, "log({x1}, {x2})", FunctionTable::real);
        addNullable("LOG2", 1, "(mysql_ln({x1}) / 0.6931471805599453)", FunctionTable::real);
        addNullable("LOG10", 1, "mysql_log10({x1})", FunctionTable::real);
        add("SIN", 1, "sin({x1})", FunctionTable::real);
        add("COS", 1, "cos({x1})", FunctionTable::real);
        add("TAN", 1, "tan({x1})", FunctionTable::real);
        addNullable("COT", 1, "(1.0 / nullif(tan({x1}), 0))", FunctionTable::real);
        addNullable("ASIN", 1, "asin({x1})", FunctionTable::real);
        addNullable("ACOS", 1, "acos({x1})", FunctionTable::real);
        addNullable("ATAN", 1, "atan({x1})", FunctionTable::real);
        addNullable("ATAN ATAN2", 2, "atan2({x1}, {x2})", FunctionTable::real);
        add("RADIANS", 1, "radians({x1})", FunctionTable::real);
        add("DEGREES", 1, "degrees({x1})", FunctionTable::real);
        add("PI", 0, "pi()", _ -> Type.real().withLength(8).withDecimals(6).notNull());
        add(
                "RAND",
                0,
                "(0.5 + random() / 18446744073709551616.0)",
                _ -> Type.real().notNull());
        add("RAND", 1, "mysql_rand({i1})", _ -> Type.real().notNull());
        add("CRC32", 1, "mysql_crc32({b1})", _ -> Type.integer(10).asUnsigned());
        addNullable("BIN", 1, "mysql_conv({v1}, 10, 2)", text(65));
        addNullable("OCT", 1, "mysql_conv({v1}, 10, 8)", text(65));
        addNullable("CONV", 3, "mysql_conv({v1}, {i2}, {i3})", text(65));
        add("BIT_COUNT", 1, "mysql_bit_count({o1})", whole(2));
        addNullable("FORMAT", 2, "mysql_format({n1}, {i2}, 'en_US')", TextTypes::formatted);
        addNullable("FORMAT", 3, "mysql_format({n1}, {i2}, coalesce({t3}, 'en_US'))", TextTypes::formatted);
    }

    private static void strings() {
        add("LENGTH OCTET_LENGTH", 1, "octet_length({t1})", whole(10));
        add("BIT_LENGTH", 1, "(8 * octet_length({t1}))", whole(11));
        add("CHAR_LENGTH CHARACTER_LENGTH", 1, "length({t1})", whole(10));
        addNullable("LOWER LCASE", 1, "mysql_lower({t1})", TextTypes::folded);
        addNullable("UPPER UCASE", 1, "mysql_upper({t1})", TextTypes::folded);
        addNullable("SUBSTRING SUBSTR MID", 2, "mysql_substring({c1}, {i2})", TextTypes::substring);
        addNullable("SUBSTRING SUBSTR MID", 3, "mysql_substring({c1}, {i2}, {i3})", TextTypes::substring);
        addNullable("LEFT", 2, "mysql_substring({c1}, 1, {i2})", TextTypes::left);
        addNullable("RIGHT", 2, "mysql_right({c1}, {i2})", TextTypes::left);
        addNullable("REPLACE", 3, "replace({c1}, {c2}, {c3})", TextTypes::replaced);
        addNullable("TRIM_BOTH", 1, "trim({c1}, ' ')", TextTypes.same(2));
        addNullable("TRIM_LEADING LTRIM", 1, "ltrim({c1}, ' ')", TextTypes.same(2));
        addNullable("TRIM_TRAILING RTRIM", 1, "rtrim({c1}, ' ')", TextTypes.same(2));
        addNullable("TRIM_BOTH", 2, "mysql_trim({c1}, {c2}, 3)", TextTypes.same(2));
        addNullable("TRIM_LEADING", 2, "mysql_trim({c1}, {c2}, 1)", TextTypes.same(2));
        addNullable("TRIM_TRAILING", 2, "mysql_trim({c1}, {c2}, 2)", TextTypes.same(2));
        addNullable("LPAD", 3, "mysql_lpad({c1}, {i2}, {c3})", TextTypes::padded);
        addNullable("RPAD", 3, "mysql_rpad({c1}, {i2}, {c3})", TextTypes::padded);
        addNullable("LPAD", 2, "mysql_lpad({c1}, {i2}, ' ')", TextTypes::padded);
        addNullable("RPAD", 2, "mysql_rpad({c1}, {i2}, ' ')", TextTypes::padded);
        addNullable("REPEAT", 2, "mysql_repeat({c1}, {i2})", TextTypes::repeated);
        addNullable("SPACE", 1, "mysql_repeat(' ', {i1})", TextTypes::spaces);
        addNullable("REVERSE", 1, "mysql_reverse({c1})", TextTypes.same(1));
        addNullable("SUBSTRING_INDEX", 3, "mysql_substring_index({c1}, {c2}, {i3})", TextTypes.same(2));
        addNullable("INSERT", 4, "mysql_insert({c1}, {i2}, {i3}, {c4})", TextTypes::inserted);
        add("ASCII", 1, "mysql_ascii({b1})", whole(3));
        add("ORD", 1, "mysql_ord({t1})", whole(7));
        addNullable("QUOTE", 1, "coalesce(mysql_quote({c1}), 'NULL')", TextTypes::quoted);
        addNullable("SOUNDEX", 1, "mysql_soundex({t1})", TextTypes::soundex);
        addNullable("CHAR", ANY_NUMBER, "mysql_char({i*})", a -> Type.binary(4L * a.size()));
        addNullable("CHAR_USING", ANY_NUMBER, "mysql_cast_char(mysql_char({i*}), -1)", a -> Type.text(4L * a.size()));
        addNullable("CHAR_USING_UTF8", ANY_NUMBER, "mysql_cast_char(mysql_char({i*}), -1)", a -> Type.text(a.size()));
        add("STRCMP", 2, "mysql_strcmp({t1}, {t2}, {k*})", whole(2));
        addNullable("EXPORT_SET", 3, "mysql_export_set({i1}, {t2}, {t3}, ',', 64)", TextTypes::exportedSet);
        addNullable("EXPORT_SET", 4, "mysql_export_set({i1}, {t2}, {t3}, {t4}, 64)", TextTypes::exportedSet);
        addNullable("EXPORT_SET", 5, "mysql_export_set({i1}, {t2}, {t3}, {t4}, {i5})", TextTypes::exportedSet);
        addNullable("MAKE_SET", ANY_NUMBER, "mysql_make_set({t*})", TextTypes::madeSet);
    }

    private static void searches() {
        add("INSTR", 2, "mysql_locate({t2}, {t1}, 1, {k*})", whole(11));
        add("LOCATE POSITION", 2, "mysql_locate({t1}, {t2}, 1, {k*})", whole(11));
        add("LOCATE", 3, "mysql_locate({t1}, {t2}, {i3}, {k*})", whole(11));
        add("FIND_IN_SET", 2, "mysql_find_in_set({t1}, {t2}, {k*})", whole(3));
        addNullable("REGEXP_REPLACE", 3, "mysql_regexp_replace({t1}, {t2}, {t3})", TextTypes::unlimited);
        addNullable("REGEXP_SUBSTR", 2, "mysql_regexp_substr({t1}, {t2})", textOf(0, 1));
        add("REGEXP_INSTR", 2, "mysql_regexp_instr({t1}, {t2})", whole(11));
        addNullable("REGEXP_LIKE", 2, "mysql_regexp({t1}, {t2}, 0)", whole(1));
    }

    private static void encodings() {
        addNullable("HEX", 1, "mysql_hex({h1})", TextTypes::hex);
        addNullable("UNHEX", 1, "mysql_unhex({t1})", TextTypes::unhex);
        addNullable("MD5", 1, "mysql_digest('MD5', {b1})", text(32));
        addNullable("SHA SHA1", 1, "mysql_digest('SHA-1', {b1})", text(40));
        addNullable("SHA2", 2, "mysql_sha2({b1}, {i2})", TextTypes::sha2);
        addNullable("TO_BASE64", 1, "mysql_to_base64({b1})", TextTypes::toBase64);
        addNullable("FROM_BASE64", 1, "mysql_from_base64({t1})", TextTypes::fromBase64);
        addNullable("UUID", 0, "mysql_uuid()", _ -> Type.text(36).withWire(ColumnType.STRING));
        add("UUID_SHORT", 0, "abs(random())", _ -> Type.integer(21).asUnsigned().notNull());
        addNullable("RANDOM_BYTES", 1, "randomblob({i1})", bytes(1024));
        addNullable("COMPRESS", 1, "mysql_compress({b1})", TextTypes::compressed);
        addNullable("UNCOMPRESS", 1, "mysql_uncompress({b1})", bytes(16_777_216));
        addNullable("AES_ENCRYPT", 2, "mysql_aes_encrypt({b1}, {b2})", TextTypes::encrypted);
        addNullable(
                "AES_DECRYPT",
                2,
                "mysql_aes_decrypt({b1}, {b2})",
                a -> Type.binary(a.getFirst().type().bytes()));
        add("PASSWORD", 1, "mysql_password({b1})", text(41));
    }

    private static void json() {
        addNullable("JSON_EXTRACT", ANY_NUMBER, "mysql_json_extract({t*})", JsonTypes::extracted);
        addNullable("JSON_UNQUOTE", 1, "mysql_json_unquote({t1})", JsonTypes::unquoted);
        addNullable("JSON_LENGTH", 1, "mysql_json_length({t1}, '$')", whole(10));
        addNullable("JSON_LENGTH", 2, "mysql_json_length({t1}, {t2})", whole(10));
        add("JSON_DEPTH", 1, "mysql_json_depth({t1})", whole(10));
        addNullable("JSON_TYPE", 1, "mysql_json_type({t1})", text(12));
        addNullable("JSON_VALID", 1, "mysql_json_valid({t1})", whole(1));
        addNullable("JSON_KEYS", 1, "mysql_json_keys({t1}, '$')", JsonTypes::same);
        addNullable("JSON_KEYS", 2, "mysql_json_keys({t1}, {t2})", JsonTypes::same);
        addNullable("JSON_CONTAINS", 2, "mysql_json_contains({t1}, {t2}, '$')", whole(1));
        addNullable("JSON_CONTAINS", 3, "mysql_json_contains({t1}, {t2}, {t3})", whole(1));
        addNullable("JSON_SEARCH", 3, "mysql_json_search({t1}, {t2}, {t3})", JsonTypes::searched);
        addNullable("JSON_VALUE", 2, "mysql_json_value({t1}, {t2})", TextTypes.same(1));
        addNullable("JSON_QUERY", 2, "mysql_json_query({t1}, {t2})", JsonTypes::same);
        addNullable("JSON_CONTAINS_PATH", ANY_NUMBER, "mysql_json_contains_path({t*})", whole(1));
        addNullable("JSON_EXISTS", 2, "mysql_json_exists({t1}, {t2})", whole(1));
        addNullable("JSON_REMOVE", ANY_NUMBER, "mysql_json_remove({t*})", JsonTypes::same);
        addNullable("JSON_MERGE_PATCH", ANY_NUMBER, "mysql_json_patch({t*})", JsonTypes::listed);
        addNullable("JSON_MERGE JSON_MERGE_PRESERVE", ANY_NUMBER, "mysql_json_merge({t*})", JsonTypes::listed);
        addNullable("JSON_COMPACT", 1, "mysql_json_compact({t1})", JsonTypes::compact);
        addNullable("JSON_LOOSE", 1, "mysql_json_pretty({t1})", JsonTypes::loose);
        addNullable("JSON_PRETTY JSON_DETAILED", 1, "mysql_json_detailed({t1})", JsonTypes::detailed);
        addNullable("JSON_PRETTY JSON_DETAILED", 2, "mysql_json_detailed({t1}, {i2})", JsonTypes::detailed);
    }

    /** What GET_FORMAT names. */
    private static void formats() {
        format("DATE", "%m.%d.%Y", "%Y-%m-%d", "%d.%m.%Y", "%Y%m%d");
        format("TIME", "%h:%i:%s %p", "%H:%i:%s", "%H.%i.%s", "%H%i%s");
        for (String moment : List.of("DATETIME", "TIMESTAMP")) {
            format(moment, "%Y-%m-%d %H.%i.%s", "%Y-%m-%d %H:%i:%s", "%Y-%m-%d %H.%i.%s", "%Y%m%d%H%i%s");
        }
    }

    private static void format(String kind, String american, String standard, String european, String internal) {
        addNullable(
                "GET_FORMAT_" + kind,
                1,
                "(CASE upper({t1}) WHEN 'USA' THEN '" + american + "' WHEN 'JIS' THEN '" + standard
                        + "' WHEN 'ISO' THEN '" + standard + "' WHEN 'EUR' THEN '" + european
                        + "' WHEN 'INTERNAL' THEN '" + internal + "' END)",
                _ -> Type.text(17).withDecimals(0));
    }

    private static void addresses() {
        addNullable(
                "INET_ATON", 1, "mysql_inet_aton({t1})", _ -> Type.integer(21).asUnsigned());
        addNullable("INET_NTOA", 1, "mysql_inet_ntoa({i1})", _ -> Type.text(31).withDecimals(0));
        addNullable("INET6_ATON", 1, "mysql_inet6_aton({t1})", bytes(16));
        addNullable(
                "INET6_NTOA", 1, "mysql_inet6_ntoa({r1})", _ -> Type.text(39).withDecimals(0));
        add(
                "IS_IPV4",
                1,
                "(coalesce(mysql_inet_aton({t1}), -1) >= 0 AND length({t1}) - length(replace({t1}, '.', '')) = 3"
                        + " AND instr('.' || {t1}, '..') = 0)",
                whole(1));
        add("IS_IPV6", 1, "(coalesce(octet_length(mysql_inet6_aton({t1})), 0) = 16)", whole(1));
    }
}
