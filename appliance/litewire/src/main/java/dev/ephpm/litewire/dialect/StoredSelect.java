package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SELECT of a view in text that plain SQLite tools understand: literals inside, no function or collation of ours. */
final class StoredSelect {
    private static final Pattern OURS = Pattern.compile(" COLLATE [a-z]+[a-z0-9]*_\\w+");

    private StoredSelect() {}

    static Optional<String> text(Translation translation, Query query, List<Literal> literals) {
        translation.forms().plain(true);
        Compilation.Finished select = translation
                .compilation()
                .finish(translation.queries().subquery(query, null).sql());
        boolean ours = select.sql().contains("mysql_");
        boolean session = select.bindings().stream().anyMatch(Binding.OfSession.class::isInstance);
        if (ours || session) {
            return Optional.empty();
        }
        String plain = OURS.matcher(select.sql()).replaceAll(" COLLATE NOCASE");
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int at = plain.indexOf('?'); at >= 0; at = plain.indexOf('?', at + 1)) {
            int end = at + 1;
            while (end < plain.length() && Characters.isDigit(plain.charAt(end))) {
                end++;
            }
            int number = end > at + 1 ? Integer.parseInt(plain.substring(at + 1, end)) : 0;
            boolean parameter = number >= 1 && number <= select.bindings().size() && plain.charAt(at - 1) != '"';
            if (parameter
                    && select.bindings().get(number - 1) instanceof Binding.OfSlot(int slot, Conversion conversion)) {
                text.append(plain, from, at).append(written(conversion.apply(literals.get(slot))));
                from = end;
            }
        }
        return Optional.of(text.append(plain.substring(from)).toString());
    }

    private static String written(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Long whole -> Long.toString(whole);
            case Double real -> Double.toString(real);
            case byte[] bytes -> "x'" + java.util.HexFormat.of().formatHex(bytes) + "'";
            default -> Sql.text(value.toString());
        };
    }
}
