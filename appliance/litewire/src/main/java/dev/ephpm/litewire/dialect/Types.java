package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.ColumnType;

/** Types of expressions that pass a value on: MIN, NULLIF, LAG and their kin. */
final class Types {
    private Types() {}

    static Type ofPassed(Fragment value) {
        Type type = value.type().withNullable(true);
        if (value.isEnumerated()) {
            return type.withDecimals(0);
        }
        if (value.origin() != null && type.family() == Type.Family.TEXT) {
            String base = value.origin().column().type().base();
            return base.equals("text") ? type.withWire(ColumnType.BLOB) : type;
        }
        return switch (type.family()) {
            case INTEGER -> type.withCollation(TextCollation.CONNECTION);
            case BINARY -> type.isBinaryLiteral() ? type.withDecimals(0) : type;
            case JSON -> type.withDecimals(Type.NOT_FIXED);
            case DATETIME -> type.wire() == ColumnType.TIMESTAMP ? type.asUnsigned() : type;
            default -> type;
        };
    }
}
