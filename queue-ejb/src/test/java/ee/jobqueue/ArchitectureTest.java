package ee.jobqueue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who may import whom, and where time comes from. */
class ArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .withImportOption(location -> !location.contains("test-classes"))
            .importPackages("ee.jobqueue");

    @Test
    void theFrontDoorKnowsOnlyItselfAndTheTransitionTable() {
        holds(classes()
                .that()
                .resideInAPackage("ee.jobqueue")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("ee.jobqueue", "java..", "org.jspecify.."));
    }

    @Test
    void thePortsKnowOnlyTheFrontDoor() {
        holds(classes()
                .that()
                .resideInAPackage("ee.jobqueue.spi")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("ee.jobqueue", "ee.jobqueue.spi", "java..", "org.jspecify.."));
    }

    @Test
    void theEngineKnowsNeitherServerNorDatabase() {
        holds(classes()
                .that()
                .resideInAPackage("ee.jobqueue.engine")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "ee.jobqueue", "ee.jobqueue.spi", "ee.jobqueue.engine", "java..", "org.jspecify.."));
        holds(noClasses()
                .that()
                .resideInAPackage("ee.jobqueue.engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.sql"));
    }

    @Test
    void theShellKnowsNoDatabase() {
        holds(noClasses()
                .that()
                .resideInAPackage("ee.jobqueue.ejb")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql", "javax.sql", "jakarta.persistence..", "org.hibernate..", "com.mongodb.."));
    }

    @Test
    void timeComesFromAClockOrTheStore() {
        holds(noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    private static void holds(ArchRule rule) {
        rule.allowEmptyShould(false).check(MAIN);
    }
}
