package dev.ephpm.litewire.dump;

import dev.ephpm.litewire.Column;
import dev.ephpm.litewire.LitewireException;
import dev.ephpm.litewire.OfflineDatabase;
import dev.ephpm.litewire.ResultSink;
import dev.ephpm.litewire.SqlError;
import dev.ephpm.litewire.catalogue.Schema;
import dev.ephpm.litewire.catalogue.Table;
import dev.ephpm.litewire.catalogue.TableColumn;
import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.SqliteLibrary;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a site's database as SQL text that MariaDB and MySQL load, in the form of mariadb-dump. Everything is of one moment: one
 * read transaction. The node may run meanwhile. One thread.
 */
public final class DumpExport {
    private static final int PROGRESS_ROWS = 256;
    private static final String HEAD = """
            -- ephpm dump of database DATABASE
            --

            /*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
            /*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
            /*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
            /*!40101 SET NAMES utf8mb4 */;
            /*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
            /*!40103 SET TIME_ZONE='+00:00' */;
            /*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
            /*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
            /*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
            /*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;
            """;
    private static final String FOOT = """

            /*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;
            /*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
            /*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
            /*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
            /*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
            /*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
            /*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
            /*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

            -- Dump completed
            """;

    private final Settings settings;
    private final ExportListener listener;
    private long rows;
    private long totalRows;

    /**
     * What to export.
     *
     * @param tables their names; empty for all
     * @param data whether rows are written, or definitions alone
     */
    public record Settings(
            Path siteDatabase, String databaseName, Path nativeDirectory, List<String> tables, boolean data) {}

    /** What an export has done; {@code bytes} before packing. */
    public record Result(List<String> tables, long rows, long bytes, Duration duration) {}

    /** Told how an export goes, often, from its thread. */
    @FunctionalInterface
    public interface ExportListener {
        void progress(long rows, long totalRows);
    }

    public DumpExport(Settings settings, ExportListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /** Writes to a stream, which is left open. Throws {@link DumpException}. */
    public Result run(OutputStream stream) {
        long start = System.nanoTime();
        DatabaseFile file = new DatabaseFile(settings.siteDatabase(), "normal");
        SqliteLibrary library = SqliteLibrary.load(settings.nativeDirectory());
        try (OfflineDatabase database = new OfflineDatabase(file, settings.databaseName(), library)) {
            database.execute("SET time_zone = '+00:00'");
            DumpWriter writer = new DumpWriter(stream);
            List<Table> tables = tables(database);
            countRows(database, tables);
            writer.text(HEAD.replace("DATABASE", settings.databaseName()));
            tables.forEach(table -> write(database, writer, table));
            tables.stream().filter(Table::view).forEach(view -> finalView(database, writer, view));
            writer.text(FOOT);
            return new Result(
                    tables.stream().map(Table::name).toList(),
                    rows,
                    writer.bytes(),
                    Duration.ofNanos(System.nanoTime() - start));
        } catch (LitewireException | SqlError e) {
            throw new DumpException(String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw new DumpException(
                    "cannot write the dump (" + e.getMessage() + "); is the disk full, or has its reader gone?", e);
        }
    }

    /** In the order of their names. The first statement, so that all others see the same moment. */
    private List<Table> tables(OfflineDatabase database) {
        List<String> names = new ArrayList<>();
        database.query("SHOW TABLES", new RowSink(row -> names.add(String.valueOf(row[0]))));
        for (String wanted : settings.tables()) {
            if (!names.contains(wanted)) {
                throw new DumpException("there is no table " + wanted + "; there are " + String.join(", ", names));
            }
        }
        Schema schema = database.schema();
        return names.stream()
                .filter(name -> settings.tables().isEmpty() || settings.tables().contains(name))
                .map(name -> schema.tables().get(name))
                .filter(Objects::nonNull)
                .toList();
    }

    private void countRows(OfflineDatabase database, List<Table> tables) {
        for (Table table : tables) {
            if (settings.data() && !table.view()) {
                database.query(
                        "SELECT COUNT(*) FROM " + quoted(table.name()),
                        new RowSink(row -> totalRows += row[0] instanceof Long count ? count : 0));
            }
        }
    }

    private void write(OfflineDatabase database, DumpWriter writer, Table table) {
        if (table.view()) {
            placeholder(writer, table);
            return;
        }
        String name = quoted(table.name());
        writer.text("\n--\n-- Table structure for table " + name + "\n--\n\nDROP TABLE IF EXISTS " + name + ";\n"
                + "/*!40101 SET @saved_cs_client     = @@character_set_client */;\n"
                + "/*!40101 SET character_set_client = utf8mb4 */;\n"
                + shown(database, "SHOW CREATE TABLE " + name)
                + ";\n/*!40101 SET character_set_client = @saved_cs_client */;\n");
        if (settings.data()) {
            rows(database, writer, table);
        }
    }

    private static String shown(OfflineDatabase database, String statement) {
        StringBuilder text = new StringBuilder();
        database.query(statement, new RowSink(row -> text.append(row[1])));
        return text.toString();
    }

    private void rows(OfflineDatabase database, DumpWriter writer, Table table) {
        String name = quoted(table.name());
        List<String> columns = table.columns().stream()
                .filter(column -> column.generated().isEmpty())
                .map(column -> quoted(column.name()))
                .toList();
        boolean all = columns.size() == table.columns().size();
        String list = String.join(",", columns);
        byte[] head =
                ("INSERT INTO " + name + (all ? "" : " (" + list + ")") + " VALUES").getBytes(StandardCharsets.UTF_8);
        writer.text("\n--\n-- Dumping data for table " + name + "\n--\n\nLOCK TABLES " + name
                + " WRITE;\n/*!40000 ALTER TABLE " + name + " DISABLE KEYS */;\n");
        if (!columns.isEmpty()) {
            database.query("SELECT " + list + " FROM " + name + order(table), new TableRows(writer, head));
            writer.endRows();
        }
        writer.text("/*!40000 ALTER TABLE " + name + " ENABLE KEYS */;\nUNLOCK TABLES;\n");
    }

    /** The order in which InnoDB keeps rows: by the primary key, or by the first unique key without NULL. */
    private static String order(Table table) {
        return table.keys().stream()
                .filter(key -> key.kind() == Table.Key.Kind.PRIMARY
                        || (key.kind() == Table.Key.Kind.UNIQUE && isClustered(table, key)))
                .findFirst()
                .map(key -> key.parts().stream()
                        .map(part -> quoted(part.column()) + (part.descending() ? " DESC" : ""))
                        .collect(Collectors.joining(",", " ORDER BY ", "")))
                .orElse("");
    }

    private static boolean isClustered(Table table, Table.Key key) {
        return key.parts().stream()
                .allMatch(part -> part.prefix() == 0
                        && table.column(part.column())
                                .filter(column -> !column.nullable())
                                .isPresent());
    }

    /** Rows on their way from the query to the text. */
    private final class TableRows implements ResultSink {
        private final DumpWriter writer;
        private final byte[] head;
        private List<Column> columns = List.of();

        TableRows(DumpWriter writer, byte[] head) {
            this.writer = writer;
            this.head = head;
        }

        @Override
        public void columns(List<Column> described) {
            columns = described;
        }

        @Override
        public void row(@Nullable Object[] values) {
            writer.row(head, columns, values);
            rows++;
            if (rows % PROGRESS_ROWS == 0) {
                listener.progress(rows, totalRows);
            }
        }

        @Override
        public void endOfRows() {
            listener.progress(rows, totalRows);
        }

        @Override
        public void done(long affectedRows, long lastInsertId, String info) {
            throw new IllegalStateException("a SELECT has rows");
        }
    }

    /** Views may need each other, so each gets a stand-in first. */
    private static void placeholder(DumpWriter writer, Table view) {
        String name = quoted(view.name());
        String columns = view.columns().stream()
                .map(TableColumn::name)
                .map(column -> " NULL AS " + quoted(column))
                .collect(Collectors.joining(",\n"));
        writer.text("\n--\n-- Temporary table structure for view " + name + "\n--\n\nDROP TABLE IF EXISTS " + name
                + ";\n/*!50001 DROP VIEW IF EXISTS " + name + "*/;\n"
                + "SET @saved_cs_client     = @@character_set_client;\nSET character_set_client = utf8mb4;\n"
                + "/*!50001 CREATE VIEW " + name + " AS SELECT\n" + columns
                + " */;\nSET character_set_client = @saved_cs_client;\n");
    }

    private static void finalView(OfflineDatabase database, DumpWriter writer, Table view) {
        String name = quoted(view.name());
        String shown = shown(database, "SHOW CREATE VIEW " + name);
        // Whoever loads the dump shall own the view: its definer here is no account there.
        String definition = shown.substring(shown.indexOf("VIEW " + name));
        writer.text("\n--\n-- Final view structure for view " + name + "\n--\n\n/*!50001 DROP VIEW IF EXISTS " + name
                + "*/;\n/*!50001 CREATE ALGORITHM=UNDEFINED */\n/*!50013 SQL SECURITY DEFINER */\n/*!50001 "
                + definition
                + " */;\n");
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
