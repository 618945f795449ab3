package dev.ephpm.litewire.dialect;

import com.alibaba.druid.DbType;
import com.alibaba.druid.sql.ast.SQLStatement;
import com.alibaba.druid.sql.parser.ParserException;
import com.alibaba.druid.sql.parser.SQLParserUtils;
import com.alibaba.druid.sql.parser.SQLStatementParser;
import com.alibaba.druid.sql.parser.Token;
import dev.ephpm.litewire.SqlMode;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parses shapes with Druid and turns its trees into ours; the only place that starts Druid. */
final class ShapeParser {
    private static final Logger log = LoggerFactory.getLogger(ShapeParser.class);

    /** A parsed shape: the statement and what each slot holds. */
    record Parsed(Statement statement, List<Marker> markers) {}

    private ShapeParser() {}

    /** Throws 1064 with the place in the original text. */
    static Parsed parse(Dialect.Normalised normalised, SqlMode mode) {
        ShapeText shape = ShapeText.ofShape(normalised.shape(), mode);
        try {
            List<SQLStatement> statements = parsed(parser(shape));
            if (statements.size() != 1) {
                throw SyntaxError.at(normalised.original(), 0);
            }
            StatementReader reader = new StatementReader(shape, mode.pipesAsConcat());
            return new Parsed(read(reader, statements.getFirst()), shape.markers());
        } catch (ParserException | UnreadableShape e) {
            throw SyntaxError.at(normalised.original(), errorPosition(normalised.original(), mode));
        }
    }

    private static SQLStatementParser parser(ShapeText shape) {
        return SQLParserUtils.createSQLStatementParser(shape.text(), DbType.mysql);
    }

    /** Druid may stumble over what is wrong instead of saying so, and needs commons-lang3 for some of its messages. */
    private static List<SQLStatement> parsed(SQLStatementParser parser) {
        try {
            return parser.parseStatementList();
        } catch (ParserException e) {
            throw e;
        } catch (RuntimeException | NoClassDefFoundError e) {
            throw new ParserException("not to be parsed", e);
        }
    }

    /** What Druid makes of broken text may lack parts that every statement has. */
    private static Statement read(StatementReader reader, SQLStatement statement) {
        try {
            return reader.read(statement);
        } catch (NullPointerException | IndexOutOfBoundsException | ClassCastException e) {
            log.debug("a tree without its parts", e);
            throw new UnreadableShape(statement);
        }
    }

    /** IN lists are padded in the shape, so the place is searched in the statement as it came. */
    private static int errorPosition(String original, SqlMode mode) {
        ShapeText statement = ShapeText.ofStatement(original, mode);
        SQLStatementParser parser = parser(statement);
        try {
            var _ = parsed(parser);
        } catch (ParserException e) {
            boolean atEnd = parser.getLexer().token() == Token.EOF;
            return atEnd
                    ? original.length()
                    : statement.sourcePosition(parser.getLexer().pos());
        }
        return 0;
    }
}
