package dev.ephpm.litewire.dialect;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.Transactions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Transactions, USE, LOCK TABLES, KILL, DO and SET, by a small parser of their own. */
final class SessionStatements {
    private final Dialect dialect;
    private final Dialect.Context context;
    private final TokenReader tokens;

    private SessionStatements(Dialect dialect, Dialect.Normalised statement, Dialect.Context context) {
        this.dialect = dialect;
        this.context = context;
        this.tokens = new TokenReader(statement.original(), Lexer.tokens(statement.original(), context.mode()));
    }

    /** Empty when the statement is of another kind. Throws 1064. */
    static Optional<Plan> plan(Dialect dialect, Dialect.Normalised statement, Dialect.Context context) {
        return Optional.ofNullable(new SessionStatements(dialect, statement, context).plan());
    }

    private @Nullable Plan plan() {
        String word = tokens.next().capitals();
        return switch (word) {
            case "BEGIN" -> {
                tokens.accept("WORK");
                tokens.end();
                yield new TransactionPlan(t -> t.begin(false));
            }
            case "START" -> start();
            case "COMMIT" -> commit();
            case "ROLLBACK" -> rollback();
            case "SAVEPOINT" -> {
                String name = tokens.identifier();
                tokens.end();
                yield new TransactionPlan(t -> t.savepoint(name));
            }
            case "RELEASE" -> {
                tokens.expect("SAVEPOINT");
                String name = tokens.identifier();
                tokens.end();
                yield new TransactionPlan(t -> t.release(name));
            }
            // Tables need no lock of their own, but locking ends the transaction before.
            case "LOCK" -> lock(true);
            case "UNLOCK" -> lock(false);
            case "USE" -> {
                String database = tokens.identifier();
                tokens.end();
                yield new SessionPlan(session -> session.useDatabase(database));
            }
            case "KILL" -> kill();
            case "DO" -> new EvaluatePlan(dialect, context, tokens.rest(), (_, _) -> {});
            case "PREPARE" -> new PreparedStatementReader(tokens).prepare();
            case "EXECUTE" -> new PreparedStatementReader(tokens).execute();
            case "DEALLOCATE" -> new PreparedStatementReader(tokens).deallocate();
            // DROP of anything else is about the schema.
            case "DROP" -> tokens.peek().isWord("PREPARE") ? new PreparedStatementReader(tokens).deallocate() : null;
            case "SET" -> new SetStatements(dialect, context, tokens).plan();
            default -> null;
        };
    }

    private Plan start() {
        tokens.expect("TRANSACTION");
        boolean readOnly = false;
        while (!tokens.atEnd()) {
            if (tokens.accept("READ")) {
                readOnly = tokens.accept("ONLY");
                if (!readOnly) {
                    tokens.expect("WRITE");
                }
            } else {
                tokens.expect("WITH");
                tokens.expect("CONSISTENT");
                tokens.expect("SNAPSHOT");
            }
            boolean _ = tokens.acceptSymbol(",");
        }
        boolean only = readOnly;
        return new TransactionPlan(t -> t.begin(only));
    }

    /** {@code [AND [NO] CHAIN] [[NO] RELEASE]}; gives whether a new transaction follows. */
    private boolean chains() {
        boolean chains = false;
        if (tokens.accept("AND")) {
            chains = !tokens.accept("NO");
            tokens.expect("CHAIN");
        }
        boolean _ = tokens.accept("NO");
        boolean _ = tokens.accept("RELEASE");
        tokens.end();
        return chains;
    }

    private Plan commit() {
        tokens.accept("WORK");
        boolean chains = chains();
        return new TransactionPlan(t -> {
            t.commit();
            beginAgain(t, chains);
        });
    }

    private static void beginAgain(Transactions transactions, boolean chains) throws SQLException {
        if (chains) {
            transactions.begin(false);
        }
    }

    private Plan rollback() {
        tokens.accept("WORK");
        if (tokens.accept("TO")) {
            tokens.accept("SAVEPOINT");
            String name = tokens.identifier();
            tokens.end();
            return new TransactionPlan(t -> t.rollbackTo(name));
        }
        boolean chains = chains();
        return new TransactionPlan(t -> {
            t.rollback();
            beginAgain(t, chains);
        });
    }

    /** Unlocking ends a transaction only after a lock, which has ended it already; mariadb-dump unlocks within one. */
    private Plan lock(boolean commits) {
        if (!tokens.accept("TABLES") && !tokens.accept("TABLE")) {
            throw tokens.error();
        }
        return new TransactionPlan(t -> {
            if (commits && t.active()) {
                t.commit();
            }
        });
    }

    private Plan kill() {
        boolean queryOnly = tokens.accept("QUERY");
        if (!queryOnly) {
            tokens.accept("CONNECTION");
        }
        List<Token> rest = tokens.remaining();
        if (rest.size() != 2 || !(rest.getFirst().value() instanceof Literal.Whole id)) {
            throw tokens.error();
        }
        return new SessionPlan(session -> session.kill(id.value64(), queryOnly));
    }
}
