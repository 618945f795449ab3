package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ephpm.litewire.Literal;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Equality and uniqueness of text by indexes that only fold ASCII letters. */
@ParameterizedClass
@EnumSource(TestLibrary.class)
class SpellingsTest {
    private final TestLibrary way;

    @TempDir
    Path directory;

    private TestSite site;

    SpellingsTest(TestLibrary way) {
        this.way = way;
    }

    @BeforeEach
    void open() throws SQLException {
        site = new TestSite(directory, way);
        site.run("CREATE TABLE p (id int primary key auto_increment, name varchar(40), slug varchar(40),"
                + " UNIQUE KEY name (name), KEY slug (slug))");
        site.run("INSERT INTO p (name, slug) VALUES ('Bob', 'bob'), ('Resume', 'x')");
    }

    @AfterEach
    void close() throws SQLException {
        site.close();
    }

    /** What a program without our library does to the file. */
    private void plainSqlite(String... statements) throws SQLException {
        site.close();
        try (Connection plain = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("site.db"));
                Statement statement = plain.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        site = new TestSite(directory, way);
    }

    private List<List<String>> explain(String sql) throws SQLException {
        return site.run("EXPLAIN " + sql).rows;
    }

    @Test
    void plainColumnsAreLookedUpWithoutTheBook() throws SQLException {
        assertThat(site.value("SELECT id FROM p WHERE name = 'RÉSUMÉ'")).isEqualTo("2");
        assertThat(explain("SELECT id FROM p WHERE name = 'RÉSUMÉ'")).hasSize(1);
        assertThat(explain("SELECT id FROM p WHERE name = 'RÉSUMÉ'").getFirst().get(3))
                .isEqualTo("ref");
    }

    @Test
    void otherSpellingsAreFoundByTheIndex() throws SQLException {
        site.run("INSERT INTO p (name, slug) VALUES ('Zoë', 'zoë'), ('Ключ', 'ключ')");
        for (String name : List.of("zoe", "ZOË", "Zoé ", "zoe\u0308")) {
            assertThat(site.value("SELECT id FROM p WHERE name = '" + name + "'"))
                    .as(name)
                    .isEqualTo("3");
            assertThat(site.value("SELECT id FROM p WHERE slug = ?", new Literal.Text(name)))
                    .as(name)
                    .isEqualTo("3");
        }
        assertThat(site.value("SELECT GROUP_CONCAT(id ORDER BY id) FROM p WHERE name IN ('КЛЮЧ', 'zoè', 'bob')"))
                .isEqualTo("1,3,4");
        assertThat(site.value("SELECT GROUP_CONCAT(a.id) FROM p a JOIN p b ON a.name = b.slug"))
                .isEqualTo("1,3,4");
        assertThat(explain("SELECT id FROM p WHERE name = 'zoe'").getFirst().get(3))
                .isEqualTo("ref");
    }

    @Test
    void aColumnIsMixedFromItsFirstOtherTextOn() throws SQLException {
        String find = "SELECT count(*) FROM p WHERE slug = 'e'";
        assertThat(site.value(find)).isEqualTo("0");
        site.run("UPDATE p SET slug = 'É' WHERE id = 1");
        assertThat(site.value(find)).isEqualTo("1");
        site.run("UPDATE p SET slug = CONCAT('', 'ē') WHERE id = 2");
        assertThat(site.value(find)).isEqualTo("2");
        site.run("OPTIMIZE TABLE p");
        assertThat(site.value(find)).isEqualTo("2");
    }

    @Test
    void whatOtherProgramsWriteIsFoldedWhenTheSiteIsOpened() throws SQLException {
        plainSqlite("INSERT INTO p (name, slug) VALUES ('Zoë', 'naïve')", "UPDATE p SET slug = 'Ünal' WHERE id = 1");
        assertThat(site.value("SELECT id FROM p WHERE name = 'ZOE'")).isEqualTo("3");
        assertThat(site.value("SELECT id FROM p WHERE slug = 'NAIVE'")).isEqualTo("3");
        assertThat(site.value("SELECT id FROM p WHERE slug = 'unal'")).isEqualTo("1");
        assertThatThrownBy(() -> site.run("INSERT INTO p (name) VALUES ('zoe')"))
                .hasMessage("Duplicate entry 'zoe' for key 'name'");
    }

    @Test
    void databasesOfEarlierVersionsAreTakenUp() throws SQLException {
        plainSqlite(
                "INSERT INTO p (name) VALUES ('Zoë')",
                "DROP TRIGGER p__spelling_insert",
                "DROP TRIGGER p__spelling_update",
                "DROP TABLE __lw_spellings",
                "INSERT INTO p (name) VALUES ('Åse')");
        assertThat(site.value("SELECT id FROM p WHERE name = 'zoe'")).isEqualTo("3");
        assertThat(site.value("SELECT id FROM p WHERE name = 'ase'")).isEqualTo("4");
    }

    @Test
    void alterFollowsNamesAndTypes() throws SQLException {
        site.run("INSERT INTO p (name, slug) VALUES ('Zoë', 'zoë')");
        site.run("ALTER TABLE p RENAME TO q");
        site.run("ALTER TABLE q CHANGE slug short varchar(30)");
        assertThat(site.value("SELECT id FROM q WHERE short = 'zoe'")).isEqualTo("3");
        site.run("ALTER TABLE q MODIFY name varchar(40) COLLATE utf8mb4_bin");
        site.run("INSERT INTO q (name) VALUES ('zoe')");
        assertThatThrownBy(() -> site.run("ALTER TABLE q MODIFY name varchar(40) COLLATE utf8mb4_general_ci"))
                .hasMessageContaining("Duplicate entry");
        site.run("ALTER TABLE q DROP KEY short".replace("short", "slug"));
        assertThat(site.value("SELECT id FROM q WHERE short = 'zoe'")).isEqualTo("3");
    }

    @Test
    void aRolledBackTextLeavesNoTrace() throws SQLException {
        assertThatThrownBy(() -> site.run("INSERT INTO p (name) VALUES ('Zoë'), ('bób')"))
                .hasMessage("Duplicate entry 'bób' for key 'name'");
        assertThat(site.value("SELECT count(*) FROM p WHERE name = 'zoe'")).isEqualTo("0");
        site.run("INSERT INTO p (name) VALUES ('zoe')");
    }
}
