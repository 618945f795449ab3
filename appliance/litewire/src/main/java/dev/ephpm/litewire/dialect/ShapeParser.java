package dev.ephpm.litewire.dialect;

import com.alibaba.druid.DbType;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.parser.ParserException;
import com.alibaba.druid.sql.parser.SQLParserUtils;
import com.alibaba.druid.sql.parser.SQLStatementParser;
import com.alibaba.druid.sql.parser.Token;
import dev.ephpm.litewire.SqlMode;
import java.util.List;

/** Parses shapes with Druid and turns its trees into ours; the only place that starts Druid. */
final class ShapeParser {
    /** A parsed shape: the statement and what each slot holds. */
    record Parsed(Statement statement, List<Marker> markers) {}

    private ShapeParser() {}

    /** Throws 1064 with the place in the original text. */
    static Parsed parse(Dialect.Normalised normalised, SqlMode mode) {
        ShapeText shape = ShapeText.ofShape(normalised.shape(), mode);
        SQLStatementParser parser = parser(shape);
        try {
            List<SQLStatement> statements = parser.parseStatementList();
            if (statements.size() != 1) {
                throw SyntaxError.at(normalised.original(), 0);
            }
            StatementReader reader = new StatementReader(shape, mode.pipesAsConcat());
            return new Parsed(reader.read(statements.getFirst()), shape.markers());
        } catch (ParserException | UnreadableShape | NoClassDefFoundError e) {
            // Druid needs commons-lang3 only to word its own messages about broken text; we word ours.
            throw SyntaxError.at(normalised.original(), errorPosition(normalised.original(), mode));
        }
    }

    private static SQLStatementParser parser(ShapeText shape) {
        return SQLParserUtils.createSQLStatementParser(shape.text(), DbType.mysql);
    }

    /** IN lists are padded in the shape, so the place is searched in the statement as it came. */
    private static int errorPosition(String original, SqlMode mode) {
        ShapeText statement = ShapeText.ofStatement(original, mode);
        SQLStatementParser parser = parser(statement);
        try {
            parser.parseStatementList();
        } catch (ParserException | NoClassDefFoundError e) {
            boolean atEnd = parser.getLexer().token() == Token.EOF;
            return atEnd
                    ? original.length()
                    : statement.sourcePosition(parser.getLexer().pos());
        }
        return 0;
    }
}
