package dev.ephpm.litewire.catalogue;

import dev.ephpm.litewire.Plan;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.dialect.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans of CREATE, ALTER, DROP, RENAME and TRUNCATE. */
final class Definitions {
    /** Present while the database was dropped and not created again, for the answer to CREATE DATABASE. */
    private static final String DROPPED = CatalogueTables.PREFIX + "dropped";

    private final Views views;
    private final TableFromSelect fromSelect;

    Definitions(Dialect dialect) {
        views = new Views(dialect);
        fromSelect = new TableFromSelect(dialect);
    }

    Views views() {
        return views;
    }

    Plan createTable(CreateTable statement, Dialect.Context context) {
        return new SchemaPlan(context.mode(), change -> {
            String name = change.own(statement.name());
            if (statement.temporary()) {
                return createTemporary(statement, context, change, name);
            }
            Optional<Table> existing = change.inTheWay(name);
            if (existing.isPresent() && statement.ifNotExists()) {
                change.note(SqlErrorCode.TABLE_EXISTS, name);
                return 0;
            }
            if (existing.isPresent() && statement.orReplace()) {
                new StoredChange(change).drop(existing.get());
                change.refresh();
            }
            change.requireFree(name);
            return createNew(statement, context, change);
        });
    }

    private long createTemporary(CreateTable statement, Dialect.Context context, SchemaChange change, String name)
            throws SQLException {
        Optional<Table> existing = change.schema().temporary(name);
        if (existing.isPresent() && statement.ifNotExists()) {
            change.note(SqlErrorCode.TABLE_EXISTS, name);
            return 0;
        }
        if (existing.isPresent()) {
            if (!statement.orReplace()) {
                throw SqlErrorCode.TABLE_EXISTS.with(name);
            }
            new StoredChange(change).drop(existing.get());
            change.refresh();
        }
        String stored = change.temporaryName(name);
        long rows = createNew(statement.named(stored), context, change);
        CatalogueTables.markTemporary(change.database(), stored);
        change.session().temporaryTable(name);
        return rows;
    }

    private long createNew(CreateTable statement, Dialect.Context context, SchemaChange change) throws SQLException {
        String name = statement.name().name();
        if (statement.like() != null) {
            Table original = change.existing(statement.like());
            new StoredChange(change).create(TableBuilder.copy(original, name, change.now()));
            return 0;
        }
        if (!statement.select().isEmpty()) {
            return fromSelect.create(statement, context, change);
        }
        TableEdit edit = TableBuilder.edit(statement, change.databaseName(), change.mode(), change.now());
        new StoredChange(change).create(finish(edit, change));
        return 0;
    }

    private static Table finish(TableEdit edit, SchemaChange change) {
        Table table = edit.finish(change.schema(), change.checksForeignKeys());
        edit.report(change);
        return table;
    }

    Plan alterTable(TokenReader reader, boolean ifExists) {
        TokenReader.QualifiedName name = reader.qualifiedName();
        List<Alteration> alterations = AlterTableParser.parse(reader);
        return new SchemaPlan(reader.mode(), change -> {
            if (ifExists && change.schema().table(name.name()).isEmpty()) {
                change.note(SqlErrorCode.NO_SUCH_TABLE, change.databaseName(), name.name());
                return 0;
            }
            return alter(change, baseTable(change, name), alterations);
        });
    }

    private static Table baseTable(SchemaChange change, TokenReader.QualifiedName name) {
        Table table = change.existing(name);
        if (table.view()) {
            throw SqlErrorCode.WRONG_OBJECT.with(change.databaseName(), table.name(), "BASE TABLE");
        }
        return table;
    }

    private static long alter(SchemaChange change, Table table, List<Alteration> alterations) throws SQLException {
        TableEdit edit = new TableEdit(table, change.databaseName(), change.mode());
        for (Alteration alteration : alterations) {
            alteration.apply(edit, change);
        }
        Table changed = finish(edit, change);
        boolean copies = edit.sortsRows()
                || new AlterAlgorithm(table, changed, edit.origins()).copies(change.checksForeignKeys());
        long rows = copies ? Rows.number(change.database(), "SELECT count(*) FROM " + Quoting.stored(table.name())) : 0;
        new StoredChange(change).alter(table, changed, edit.origins());
        if (change.checksForeignKeys() && !changed.foreignKeys().equals(table.foreignKeys())) {
            requireReferencedRows(change, changed);
        }
        change.countRecords(rows);
        return rows;
    }

    /** Throws 1452 when a new foreign key does not hold for the rows there are. */
    private static void requireReferencedRows(SchemaChange change, Table table) throws SQLException {
        List<Rows.Row> violations =
                Rows.all(change.database(), "SELECT parent FROM pragma_foreign_key_check(?1) LIMIT 1", table.name());
        if (!violations.isEmpty()) {
            String parent = violations.getFirst().text(0);
            Table.ForeignKey key = table.foreignKeys().stream()
                    .filter(f -> f.referencedTable().equals(parent))
                    .findFirst()
                    .orElse(table.foreignKeys().getFirst());
            throw SqlErrorCode.NO_REFERENCED_ROW.with(Quoting.name(change.databaseName()) + "."
                    + Quoting.name(table.name()) + ", " + TableText.foreignKey(key));
        }
    }

    Plan createIndex(TokenReader reader) {
        Table.Key.Kind kind = Table.Key.Kind.PLAIN;
        if (reader.accept("unique")) {
            kind = Table.Key.Kind.UNIQUE;
        } else if (reader.accept("fulltext")) {
            kind = Table.Key.Kind.FULLTEXT;
        } else {
            reader.accept("spatial");
        }
        reader.expect("index");
        boolean ifNotExists = reader.accept("if", "not", "exists");
        String name = reader.name();
        if (reader.accept("using")) {
            reader.name();
        }
        reader.expect("on");
        TokenReader.QualifiedName table = reader.qualifiedName();
        KeyDraft.Index index = new ColumnParser(reader).index(name, kind, ifNotExists);
        while (reader.acceptAny("algorithm", "lock")) {
            reader.acceptSymbol("=");
            reader.name();
        }
        reader.acceptSymbol(";");
        reader.expectEnd();
        return new SchemaPlan(
                reader.mode(),
                change ->
                        alter(change, baseTable(change, table), List.of((edit, changes) -> edit.addConstraint(index))));
    }

    Plan dropIndex(TokenReader reader) {
        boolean ifExists = reader.accept("if", "exists");
        String name = reader.name();
        reader.expect("on");
        TokenReader.QualifiedName table = reader.qualifiedName();
        return new SchemaPlan(
                reader.mode(),
                change -> alter(change, baseTable(change, table), List.of((edit, changes) -> {
                    if (!ifExists || edit.hasKey(name)) {
                        edit.dropKey(name, "INDEX");
                    }
                })));
    }

    Plan dropTables(TokenReader reader, boolean temporary) {
        boolean ifExists = reader.accept("if", "exists");
        List<TokenReader.QualifiedName> names = names(reader);
        reader.acceptAny("restrict", "cascade");
        reader.acceptSymbol(";");
        reader.expectEnd();
        return new SchemaPlan(reader.mode(), change -> {
            List<String> unknown = new ArrayList<>();
            List<String> given =
                    names.stream().map(TokenReader.QualifiedName::name).toList();
            for (TokenReader.QualifiedName name : names) {
                String own = change.own(name);
                Optional<Table> table = temporary
                        ? change.schema().temporary(own)
                        : change.schema().table(own);
                if (table.isEmpty()) {
                    unknown.add(change.databaseName() + "." + own);
                } else if (table.get().view()) {
                    throw SqlErrorCode.IS_A_VIEW.with(change.databaseName(), own);
                } else {
                    requireUnreferenced(change, own, given);
                    new StoredChange(change).drop(table.get());
                }
            }
            reportUnknown(change, unknown, ifExists);
            return 0;
        });
    }

    private static void requireUnreferenced(SchemaChange change, String table, List<String> dropped) {
        if (change.checksForeignKeys() && !change.referencing(table, dropped).isEmpty()) {
            throw SqlErrorCode.ROW_IS_REFERENCED.with("");
        }
    }

    private static void reportUnknown(SchemaChange change, List<String> unknown, boolean ifExists) {
        if (unknown.isEmpty()) {
            return;
        }
        if (!ifExists) {
            throw SqlErrorCode.UNKNOWN_TABLE.with(String.join(",", unknown));
        }
        change.note(SqlErrorCode.UNKNOWN_TABLE, String.join(",", unknown));
    }

    static List<TokenReader.QualifiedName> names(TokenReader reader) {
        List<TokenReader.QualifiedName> names = new ArrayList<>();
        do {
            names.add(reader.qualifiedName());
        } while (reader.acceptSymbol(","));
        return names;
    }

    Plan renameTables(TokenReader reader) {
        reader.expect("rename");
        if (!reader.acceptAny("table", "tables")) {
            throw reader.unexpected();
        }
        record Renaming(TokenReader.QualifiedName from, TokenReader.QualifiedName to) {}
        List<Renaming> renamings = new ArrayList<>();
        do {
            reader.accept("if", "exists");
            TokenReader.QualifiedName from = reader.qualifiedName();
            reader.expect("to");
            renamings.add(new Renaming(from, reader.qualifiedName()));
        } while (reader.acceptSymbol(","));
        reader.acceptSymbol(";");
        reader.expectEnd();
        return new SchemaPlan(reader.mode(), change -> {
            for (Renaming renaming : renamings) {
                Table table = baseTable(change, renaming.from());
                String name = newName(change, table.name(), change.own(renaming.to()));
                alter(change, table, List.of((edit, changes) -> edit.rename(name)));
                change.refresh();
            }
            return 0;
        });
    }

    /** The name as it is to be stored: a temporary table stays one. Throws 1050 when it is taken. */
    static String newName(SchemaChange change, String oldName, String name) throws SQLException {
        if (!TemporaryTables.isStored(oldName)) {
            change.requireFree(name);
            return name;
        }
        if (change.schema().temporary(name).isPresent()) {
            throw SqlErrorCode.TABLE_EXISTS.with(name);
        }
        String stored = change.temporaryName(name);
        CatalogueTables.markTemporary(change.database(), stored);
        change.session().temporaryTable(name);
        return stored;
    }

    Plan truncate(TokenReader reader) {
        reader.expect("truncate");
        reader.accept("table");
        TokenReader.QualifiedName name = reader.qualifiedName();
        reader.acceptSymbol(";");
        reader.expectEnd();
        return new SchemaPlan(reader.mode(), change -> {
            Table table = baseTable(change, name);
            List<Table> referencing = change.referencing(table.name(), List.of());
            if (change.checksForeignKeys() && !referencing.isEmpty()) {
                Table other = referencing.getFirst();
                Table.ForeignKey key = other.foreignKeys().stream()
                        .filter(f -> f.referencedTable().equals(table.name()))
                        .findFirst()
                        .orElseThrow();
                String database = Quoting.name(change.databaseName());
                throw SqlErrorCode.CANNOT_TRUNCATE_REFERENCED.with(database + "." + Quoting.name(other.name()) + ", "
                        + TableText.foreignKey(withoutRules(key))
                                .replace("REFERENCES ", "REFERENCES " + database + "."));
            }
            change.update("DELETE FROM " + Quoting.stored(table.name()));
            change.update("DELETE FROM sqlite_sequence WHERE name = ?1", table.name());
            change.update("DELETE FROM " + CatalogueTables.SEQUENCES + " WHERE name = ?1", table.name());
            return 0;
        });
    }

    private static Table.ForeignKey withoutRules(Table.ForeignKey key) {
        return new Table.ForeignKey(
                key.name(), key.columns(), key.referencedTable(), key.referencedColumns(), "RESTRICT", "RESTRICT");
    }

    Plan createDatabase(TokenReader reader, boolean orReplace) {
        boolean ifNotExists = reader.accept("if", "not", "exists");
        String name = reader.name();
        return new SchemaPlan(reader.mode(), change -> {
            if (!name.equals(change.databaseName())) {
                throw denied(change, name);
            }
            boolean dropped = !Rows.all(change.database(), "SELECT 1 FROM sqlite_master WHERE name = ?1", DROPPED)
                    .isEmpty();
            if (orReplace) {
                empty(change);
            }
            if (dropped) {
                change.update("DROP VIEW " + DROPPED);
            } else if (ifNotExists) {
                change.note(SqlErrorCode.DATABASE_EXISTS, name);
                return 0;
            } else if (!orReplace) {
                throw SqlErrorCode.DATABASE_EXISTS.with(name);
            }
            return 1;
        });
    }

    /** Another database than the site's own: there is none and none may be made. */
    private static RuntimeException denied(SchemaChange change, String name) {
        String[] user = change.session().user().split("@", 2);
        return SqlErrorCode.DATABASE_ACCESS_DENIED.with(user[0], user.length > 1 ? user[1] : "localhost", name);
    }

    /** The one database keeps its character set; tables and columns may have their own. */
    Plan alterDatabase(TokenReader reader) {
        return new SchemaPlan(reader.mode(), _ -> 1);
    }

    Plan dropDatabase(TokenReader reader) {
        boolean ifExists = reader.accept("if", "exists");
        String name = reader.name();
        return new SchemaPlan(reader.mode(), change -> {
            if (!name.equals(change.databaseName())) {
                if (ifExists) {
                    change.note(SqlErrorCode.NO_DATABASE_TO_DROP, name);
                    return 0;
                }
                throw SqlErrorCode.NO_DATABASE_TO_DROP.with(name);
            }
            long dropped = empty(change);
            change.update("CREATE VIEW IF NOT EXISTS " + DROPPED + " AS SELECT 1 AS dropped");
            return dropped;
        });
    }

    private static long empty(SchemaChange change) throws SQLException {
        StoredChange stored = new StoredChange(change);
        for (Table table : change.schema().tables().values()) {
            if (table.view()) {
                stored.drop(table);
            }
        }
        for (Table table : change.schema().tables().values()) {
            if (!table.view()) {
                stored.drop(table);
            }
        }
        return change.schema().tables().size();
    }
}
