package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.OfflineDatabase;
import dev.ephpm.litewire.Session;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.SqlErrorCode;
import dev.ephpm.litewire.catalogue.Catalogue;
import dev.ephpm.litewire.sqlite.SqliteHandle;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a dump into an {@link ImportFile}, statement by statement. What an earlier run has taken in already is read again,
 * because the session's settings come from there, but not executed. One thread.
 */
final class Load {
    private static final int MOST_OMISSIONS = 1000;
    private static final int PROGRESS_ROWS = 256;

    private final DumpReader reader;
    private final RowReader rowReader;
    private final ImportFile importFile;
    private final OfflineDatabase database;
    private final DatabaseChoice databases;
    private final StructureSource structures;
    private final ImportFile.Progress before;
    private final int batchBytes;
    private final ImportListener listener;
    private final List<Omission> omissions = new ArrayList<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private boolean dropsEverything;
    private boolean checksReferences;
    private byte[] headBytes = new byte[0];
    private @Nullable InsertHead head;
    private Map<Integer, OfflineDatabase.Prepared> plans = new HashMap<>();
    private long rows;
    private long warnings;
    private long batchStart;

    /**
     * @param before how far an earlier run has got, or zeros
     * @param batchBytes after so many bytes of the dump, what has been loaded is committed
     * @param structures of tables the dump has rows for but does not create
     */
    Load(
            DumpReader reader,
            ImportFile importFile,
            OfflineDatabase database,
            DatabaseChoice databases,
            StructureSource structures,
            ImportFile.Progress before,
            int batchBytes,
            ImportListener listener) {
        this.reader = reader;
        this.rowReader = new RowReader(reader);
        this.importFile = importFile;
        this.database = database;
        this.databases = databases;
        this.structures = structures;
        this.before = before;
        this.batchBytes = batchBytes;
        this.listener = listener;
        this.rows = before.rows();
    }

    /** Where tables come from that a dump without CREATE TABLE fills. */
    interface StructureSource {
        /** The CREATE TABLE text of one of the site's tables, or empty when there is none of that name. */
        Optional<String> createTable(String table);

        /** Throws {@link DumpException} when the site's table has rows. */
        void requireEmpty(String table);
    }

    /** The dump is not the one the file was begun with. */
    static final class AnotherDump extends RuntimeException {
        private static final long serialVersionUID = 1;

        AnotherDump() {
            super("another dump", null, false, false);
        }
    }

    /** Reads to the end. Throws {@link DumpException}, or {@link AnotherDump} when it does not continue {@code before}. */
    void run() {
        reader.window().checkAt(before.offset());
        DumpReader.Unit unit = reader.next();
        while (unit != null) {
            try {
                switch (unit) {
                    case DumpReader.Unit.Rows(byte[] head) -> rows(head);
                    case DumpReader.Unit.Statement(byte[] text) -> statement(text);
                }
            } catch (SqlError e) {
                throw failure(e, reader.statementLine(), unit);
            }
            listener.progress(reader.window().source().bytesRead(), rows);
            unit = reader.next();
        }
        requireSameDump();
        save(0);
        buildIndexes(reader.statementLine());
        database.commit();
        listener.progress(reader.window().source().bytesRead(), rows);
    }

    private void requireSameDump() {
        if (reader.window().offset() < before.offset()) {
            throw new AnotherDump();
        }
        requireChecksum();
    }

    private void requireChecksum() {
        if (reader.window().checked() != before.checksum()) {
            throw new AnotherDump();
        }
    }

    /** Whether what has just been read is in the file already. */
    private boolean isDone() {
        long end = reader.window().offset();
        if (end < before.offset()) {
            return true;
        }
        requireChecksum();
        return end == before.offset() && (before.schemaVersion() == 0 || before.schemaVersion() != schemaVersion());
    }

    private long schemaVersion() {
        long[] version = new long[1];
        database.write((_, file) -> version[0] = ImportFile.schemaVersion(file));
        return version[0];
    }

    private static DumpException failure(SqlError e, long line, DumpReader.Unit unit) {
        byte[] text = switch (unit) {
            case DumpReader.Unit.Rows(byte[] head) -> head;
            case DumpReader.Unit.Statement(byte[] whole) -> whole;
        };
        return failure(e, line, DumpReader.beginning(text));
    }

    static DumpException failure(SqlError e, long line, String text) {
        return new DumpException(
                "line " + line + ": " + text + "\n  ERROR " + e.code().number() + " ("
                        + e.code().sqlState() + "): " + e.getMessage() + "\n  " + advice(e.code()),
                e);
    }

    private static String advice(SqlErrorCode code) {
        return switch (code) {
            case DISK_FULL ->
                "Free some space on the disk of the site's database and run the command again: it goes on"
                        + " from here.";
            case DUPLICATE_ENTRY -> "Two rows have the same key; dump the data again, or correct the dump.";
            case NO_SUCH_TABLE ->
                "The dump does not create this table, and the site has none; dump it with its structure.";
            case PARSE_ERROR -> "Correct the dump at this line, or make it again with mariadb-dump.";
            default -> "Correct the dump at this line, and run the command again.";
        };
    }

    // Rows.

    private void rows(byte[] text) {
        if (!databases.isChosen()) {
            while (reader.nextRow()) {
                reader.window().advance(reader.rowEnd());
            }
            return;
        }
        boolean more = reader.nextRow();
        while (more) {
            if (reader.window().offset() < before.offset()) {
                // An earlier run has taken this row in.
                reader.window().advance(reader.rowEnd());
                more = reader.nextRow();
                continue;
            }
            InsertHead insert = head(text);
            prepareFor(insert, reader.window().line());
            boolean[] left = new boolean[1];
            database.write((session, file) -> left[0] = batch(insert, session, file));
            more = left[0];
            warnings += database.takeWarnings();
            saveBatch();
        }
    }

    /** Dumps with one row per statement repeat the same head. */
    private InsertHead head(byte[] text) {
        if (head == null || !Arrays.equals(text, headBytes)) {
            headBytes = text;
            head = new InsertHead(rowReader.encoding().decode(text, 0, text.length), database.sqlMode());
            plans = new HashMap<>();
            rowReader.binary(new BitSet());
        }
        return head;
    }

    private void forgetHead() {
        head = null;
    }

    private void prepareFor(InsertHead insert, long line) {
        requireChecksum();
        checksReferences |= database.variable("foreign_key_checks").equals("ON");
        if (insert.minds() && tablesWithoutIndexes().contains(insert.table())) {
            buildIndexes(insert.table(), line);
            save(0);
            database.forgetSchema();
        }
        if (!database.knows(insert.table())
                && structures.createTable(insert.table()).isPresent()) {
            save(0);
            adopt(insert.table());
        }
        if (plans.isEmpty() && !rowReader.readsUnicode()) {
            database.schema().table(insert.table()).map(insert::binary).ifPresent(rowReader::binary);
        }
    }

    /** Takes the structure of one of the site's tables for rows without CREATE TABLE. */
    private void adopt(String table) {
        Optional<String> text = structures.createTable(table);
        if (text.isPresent()) {
            structures.requireEmpty(table);
            database.write((_, file) -> ImportFile.noteFilled(file, table));
            database.commit();
            database.execute(text.get());
        }
    }

    /** An empty table takes the place of the site's. */
    private void truncate(String table) {
        if (!database.knows(table) && !isDone()) {
            structures.createTable(table).ifPresent(database::execute);
        }
    }

    /** Inserts rows until the batch is full; false behind the last one. */
    private boolean batch(InsertHead insert, Session session, SqliteHandle file) throws SQLException {
        boolean more = true;
        int arity = 16;
        while (more && reader.window().offset() - batchStart < batchBytes) {
            long line = reader.window().line();
            Optional<List<Literal>> row = rowReader.read(arity);
            try {
                if (row.isPresent()) {
                    arity = row.get().size();
                    OfflineDatabase.Prepared prepared =
                            plans.computeIfAbsent(arity, count -> database.prepare(insert.withParameters(count)));
                    OfflineDatabase.run(prepared.plan(), row.get(), session, file);
                } else {
                    computedRow(insert, session, file);
                }
            } catch (SqlError e) {
                throw failure(e, line, insert.text() + " …");
            }
            rows++;
            if (rows % PROGRESS_ROWS == 0) {
                listener.progress(reader.window().source().bytesRead(), rows);
            }
            more = reader.nextRow();
        }
        return more;
    }

    /** A row with expressions. */
    private void computedRow(InsertHead insert, Session session, SqliteHandle file) throws SQLException {
        int start = reader.window().position();
        int end = reader.rowEnd();
        String row = rowReader.encoding().decode(reader.window().bytes(), start, end - start);
        OfflineDatabase.Prepared prepared = database.prepare(insert.text() + " " + row);
        OfflineDatabase.run(prepared.plan(), prepared.literals(), session, file);
        reader.window().advance(end);
    }

    private void saveBatch() {
        if (reader.window().offset() - batchStart >= batchBytes) {
            save(0);
        }
    }

    /** Commits what has been loaded up to here. */
    private void save(long schemaVersion) {
        DumpWindow window = reader.window();
        batchStart = window.offset();
        ImportFile.Progress progress = new ImportFile.Progress(window.offset(), window.checksum(), schemaVersion, rows);
        database.write((_, file) -> importFile.save(file, progress));
        database.commit();
    }

    // Other statements.

    private void statement(byte[] bytes) {
        String sql = rowReader.encoding().decode(bytes, 0, bytes.length);
        forgetHead();
        DumpStatement statement = DumpStatement.of(sql, database.sqlMode());
        switch (statement) {
            case DumpStatement.Setting _ -> set(sql);
            case DumpStatement.Database(String name) -> databases.use(name, database, reader.statementLine());
            default -> {
                if (databases.isChosen()) {
                    content(sql, statement);
                }
            }
        }
    }

    private void content(String sql, DumpStatement statement) {
        switch (statement) {
            case DumpStatement.Foreign(String kind, String name) -> omit(kind, name, "sites have no such thing");
            case DumpStatement.DropDatabase(String name) -> dropDatabase(name);
            case DumpStatement.Without _ -> {
                // Nothing to do.
            }
            case DumpStatement.Rollback _ ->
                throw new DumpException("line " + reader.statementLine()
                        + ": ROLLBACK: an import is all or nothing; take the statement out of the dump");
            case DumpStatement.Truncate(String table) -> {
                truncate(table);
                changeSchema(sql, statement);
            }
            case DumpStatement.Drop(List<String> tables) -> {
                dropped.addAll(tables);
                changeSchema(sql, statement);
            }
            default -> changeSchema(sql, statement);
        }
    }

    private void dropDatabase(String name) {
        if (databases.isNamed(name)) {
            dropsEverything = true;
        }
    }

    /** Variables a site does not have, or may not set, make no difference to its data. */
    private void set(String sql) {
        try {
            database.execute(sql);
        } catch (SqlError e) {
            switch (e.code()) {
                case UNKNOWN_SYSTEM_VARIABLE, READ_ONLY_VARIABLE, COMMAND_DENIED, WRONG_VALUE_FOR_VARIABLE ->
                    omit("setting", DumpReader.beginning(sql.getBytes(StandardCharsets.UTF_8)), e.getMessage());
                default -> throw e;
            }
        }
        if (!database.variable("autocommit").equals("OFF")) {
            database.execute("SET autocommit = 0");
        }
        reader.quoting(
                database.sqlMode().noBackslashEscapes(), database.sqlMode().ansiQuotes());
        String charset = database.variable("character_set_client");
        rowReader.encoding(DumpEncoding.of(charset)
                .orElseThrow(() -> new DumpException("line " + reader.statementLine() + ": the dump is written in "
                        + charset + "; make it again with --default-character-set=utf8mb4")));
    }

    private void omit(String kind, String name, String reason) {
        if (omissions.size() < MOST_OMISSIONS) {
            omissions.add(new Omission(kind, name, reader.statementLine(), reason));
        }
    }

    /** A statement that commits, as changes of the schema do, or that works on rows with SQL. */
    private void changeSchema(String sql, DumpStatement statement) {
        if (isDone()) {
            if (reader.window().offset() == before.offset()) {
                afterwards(statement);
            }
            return;
        }
        beforehand(statement);
        save(schemaVersion());
        try {
            run(sql);
        } catch (SqlError e) {
            boolean view = statement instanceof DumpStatement.CreateView
                    && (e.code() == SqlErrorCode.NOT_SUPPORTED_YET || e.code() == SqlErrorCode.NO_SUCH_TABLE);
            if (!view) {
                throw e;
            }
            omit("view", ((DumpStatement.CreateView) statement).view(), e.getMessage());
        }
        // Notes on tables that were not there to be dropped are no loss.
        var _ = database.takeWarnings();
        afterwards(statement);
        save(0);
    }

    private void run(String sql) {
        try {
            database.execute(sql);
        } catch (SqlError e) {
            Optional<String> missing = e.code() == SqlErrorCode.NO_SUCH_TABLE ? MissingTable.in(e) : Optional.empty();
            if (missing.isEmpty() || structures.createTable(missing.get()).isEmpty()) {
                throw e;
            }
            adopt(missing.get());
            save(schemaVersion());
            database.execute(sql);
        }
    }

    /** Whatever looks at the rows or the keys of a table needs its indexes. */
    private void beforehand(DumpStatement statement) {
        boolean indifferent = statement instanceof DumpStatement.CreateTable
                || statement instanceof DumpStatement.CreateView
                || statement instanceof DumpStatement.Drop;
        if (!indifferent) {
            buildIndexes(reader.statementLine());
        }
    }

    private void afterwards(DumpStatement statement) {
        switch (statement) {
            case DumpStatement.CreateTable(String table) -> setIndexesAside(table);
            case DumpStatement.Drop(List<String> tables) ->
                database.write((_, file) -> {
                    for (String table : tables) {
                        ImportFile.forgetIndexes(file, table);
                    }
                });
            default -> {
                // Nothing to do.
            }
        }
    }

    private void setIndexesAside(String table) {
        database.write((_, file) -> {
            ImportFile.forgetIndexes(file, table);
            ImportFile.setIndexesAside(file, table);
            Catalogue.unwatch(file, table);
        });
        database.commit();
        database.forgetSchema();
    }

    private List<String> tablesWithoutIndexes() {
        List<String> tables = new ArrayList<>();
        database.write((_, file) -> tables.addAll(ImportFile.tablesWithoutIndexes(file)));
        return tables;
    }

    private void buildIndexes(long line) {
        for (String table : tablesWithoutIndexes()) {
            listener.indexing(table);
            buildIndexes(table, line);
        }
    }

    private void buildIndexes(String table, long line) {
        try {
            database.write((_, file) -> {
                ImportFile.buildIndexes(file, table);
                Catalogue.watch(file, table);
            });
        } catch (SqlError e) {
            throw failure(e, line, "the keys of table " + table);
        }
    }

    // What came of it.

    List<Omission> omissions() {
        return List.copyOf(omissions);
    }

    /** Tables and views the dump drops, whether it makes them again or not. */
    Set<String> dropped() {
        return Set.copyOf(dropped);
    }

    /** Whether the dump wants its rows' references checked, as MySQL would have done. */
    boolean checksReferences() {
        return checksReferences;
    }

    boolean dropsEverything() {
        return dropsEverything;
    }

    long rows() {
        return rows;
    }

    long warnings() {
        return warnings;
    }
}
