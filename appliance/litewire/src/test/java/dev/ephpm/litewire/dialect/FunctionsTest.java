package dev.ephpm.litewire.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ephpm.litewire.sqlite.DatabaseFile;
import dev.ephpm.litewire.sqlite.SqliteConnection;
import dev.ephpm.litewire.sqlite.TestLibrary;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The extension's functions in C against their twins in Java, which take their place where the extension cannot be loaded. */
class FunctionsTest {
    private static final int SHOWN = 20;

    @TempDir
    static Path directory;

    private static SqliteConnection inC;
    private static SqliteConnection inJava;
    private static Set<String> names = Set.of();

    @BeforeAll
    static void open() throws SQLException {
        DatabaseFile file = new DatabaseFile(directory.resolve("a.db"), "off");
        inC = SqliteConnection.open(TestLibrary.NATIVE.library(), file, (_, present) -> names = present);
        inJava = SqliteConnection.open(
                TestLibrary.DRIVER.library(), file, (driver, _) -> SqlFunctions.register(driver, Set.of()));
    }

    @AfterAll
    static void close() throws SQLException {
        inC.close();
        inJava.close();
    }

    static List<FunctionMatrix.Case> cases() {
        return FunctionMatrix.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cAndJavaGiveTheSameValues(FunctionMatrix.Case function) throws SQLException {
        List<String> expected = lines(inJava, function);
        List<String> actual = lines(inC, function);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                differences.add("Java: " + expected.get(i) + "\nC:    " + actual.get(i));
            }
        }
        assertThat(differences.stream().limit(SHOWN).collect(Collectors.joining("\n")))
                .as("%d differences", differences.size())
                .isEmpty();
        assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
    }

    private static List<String> lines(SqliteConnection connection, FunctionMatrix.Case function) throws SQLException {
        return Arrays.asList(FunctionMatrix.text(connection, function.sql()).split("\n", -1));
    }

    @Test
    void everyFunctionInCIsTried() {
        Set<String> untried = new HashSet<>(names);
        cases().forEach(function -> untried.remove(function.name()));
        assertThat(untried).isEmpty();
        assertThat(names).hasSizeGreaterThan(20);
    }
}
