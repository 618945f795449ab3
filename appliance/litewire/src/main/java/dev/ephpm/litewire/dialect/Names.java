package dev.ephpm.litewire.dialect;

import com.alibaba.druid.sql.ast.SQLExpr;
import com.alibaba.druid.sql.ast.expr.SQLIdentifierExpr;
import com.alibaba.druid.sql.ast.expr.SQLPropertyExpr;

/** Identifiers in Druid's trees. */
final class Names {
    private Names() {}

    /** Without backticks. */
    static String plain(String name) {
        if (name.length() >= 2 && name.charAt(0) == '`' && name.endsWith("`")) {
            return name.substring(1, name.length() - 1).replace("``", "`");
        }
        return name;
    }

    /** The last part of {@code a}, {@code t.a}, {@code d.t.a}. */
    static String last(SQLExpr expression) {
        return switch (expression) {
            case SQLIdentifierExpr identifier -> plain(identifier.getName());
            case SQLPropertyExpr property -> plain(property.getName());
            default -> throw new UnreadableShape(expression);
        };
    }
}
