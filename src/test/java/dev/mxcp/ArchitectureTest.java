package dev.mxcp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The arrows of docs/adr and of the packages' own words: every storey looks only down, rooms keep
/// their doors.
class ArchitectureTest {
    private static final String ROOT = "dev.mxcp.";
    private static final List<String> STOREYS =
            List.of(
                    "cli",
                    "server",
                    "quality",
                    "engine",
                    "telemetry",
                    "project",
                    "types",
                    "problem");
    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.mxcp");

    @TestFactory
    Stream<DynamicTest> each_storey_looks_only_down() {
        return STOREYS.stream().skip(1).map(storey -> dynamicTest(storey, () -> looksDown(storey)));
    }

    @TestFactory
    Stream<DynamicTest> rooms_do_not_know_what_is_none_of_their_business() {
        return Stream.of(
                unaware("engine.duckdb", "engine.python", "engine.prompt"),
                unaware("engine.python", "engine.duckdb", "engine.prompt"),
                unaware("engine.prompt", "engine.duckdb", "engine.python"),
                unaware("engine.call", "engine.duckdb", "engine.python", "engine.prompt"),
                unaware("server.lifecycle", "server.mcp", "server.http"));
    }

    @Test
    void rooms_of_the_engine_have_no_cycles() {
        slices().matching(ROOT + "engine.(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void only_main_touches_standard_output() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + "Main")
                .should()
                .accessField(System.class, "out")
                .check(CODE);
    }

    @Test
    void only_the_duckdb_room_enters_native_code() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "engine.duckdb..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Linker")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.duckdb..")
                .check(CODE);
    }

    @Test
    void only_the_rooms_of_python_of_secrets_and_of_dbt_start_processes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "engine.python..",
                        ROOT + "project.secrets..",
                        ROOT + "quality.dbt..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(CODE);
    }

    private static void looksDown(String storey) {
        String[] above =
                STOREYS.subList(0, STOREYS.indexOf(storey)).stream()
                        .map(other -> ROOT + other + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + storey + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .allowEmptyShould(true)
                .check(CODE);
    }

    private static DynamicTest unaware(String room, String... others) {
        String[] packages =
                Stream.of(others).map(other -> ROOT + other + "..").toArray(String[]::new);
        return dynamicTest(
                room,
                () ->
                        noClasses()
                                .that()
                                .resideInAPackage(ROOT + room + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(packages)
                                .allowEmptyShould(true)
                                .check(CODE));
    }
}
