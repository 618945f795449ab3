package dev.ephpm.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directions of dependencies, and who may touch what. */
class ArchitectureTest {
    /** Each module knows only those before it. */
    private static final List<String> MODULES = List.of(
            "config",
            "sites",
            "observe",
            "phpbridge",
            "sqldmanager",
            "litewire",
            "walreplication",
            "http",
            "admin",
            "node");

    private static final int LONGEST_FILE = 600;

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.ephpm");
    }

    @Test
    void everyModuleIsHere() {
        assertThat(MODULES)
                .allSatisfy(module -> assertThat(classes.stream()
                                .filter(found -> found.getPackageName().startsWith("dev.ephpm." + module)))
                        .isNotEmpty());
    }

    @Test
    void dependenciesPointOneWay() {
        for (int index = 0; index < MODULES.size() - 1; index++) {
            String[] later = MODULES.subList(index + 1, MODULES.size()).stream()
                    .map(module -> "dev.ephpm." + module + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.ephpm." + MODULES.get(index) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later)
                    .check(classes);
        }
    }

    @Test
    void featuresDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.ephpm.http..", "dev.ephpm.admin..", "dev.ephpm.walreplication..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.ephpm.litewire..")
                .check(classes);
    }

    @Test
    void onlyThePhpBridgeTouchesNativeCodeByJna() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ephpm.phpbridge..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(classes);
    }

    @Test
    void onlyLitewireTouchesSqlite() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ephpm.litewire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.sqlite..", "java.sql..", "com.alibaba..")
                .check(classes);
    }

    /** Whoever started sqld by another way would do it without its lock, its wall and its end with us. */
    @Test
    void onlyTheSqldManagerStartsSqld() throws IOException {
        List<Path> starters = new ArrayList<>();
        for (Path file : sources()) {
            boolean program = file.toString().contains("/src/main/");
            if (program && Files.readString(file).matches("(?s).*(--grpc-listen-addr|sqld-launcher).*")) {
                starters.add(Repository.root().relativize(file));
            }
        }
        assertThat(starters)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.toString()).startsWith("sqld-manager/"));
    }

    @Test
    void onlyReplicationSpeaksGrpc() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ephpm.walreplication..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "dev.ephpm.walreplication.wire..")
                .check(classes);
    }

    @Test
    void onlyConfigReadsToml() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ephpm.config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tomlj..")
                .check(classes);
    }

    @Test
    void thereAreNoCyclesBetweenModules() {
        slices().matching("dev.ephpm.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void noFileIsTooLongToRead() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            long lines = lines(file);
            if (lines > LONGEST_FILE) {
                tooLong.add(file + " has " + lines + " lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String top : List.of("appliance", "php-bridge", "sqld-manager", "wal-replication")) {
            try (Stream<Path> found = Files.walk(Repository.root().resolve(top))) {
                found.filter(file -> file.toString().matches(".*/src/.*\\.(java|c|h)"))
                        .forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThan(100);
        return files;
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
