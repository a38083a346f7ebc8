package io.portfoliostream.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Who may know whom.
class ArchitectureTest {
  private static final String ROOT = "io.portfoliostream.server";
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(
            classes()
                .that()
                .resideInAPackage(ROOT + ".portfolio")
                .should()
                .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", ROOT + ".portfolio"))
                .as("the portfolio knows the Java platform alone"),
            knownBy("io.helidon.webserver..", "gateway"),
            knownBy("io.helidon.websocket..", "gateway"),
            knownBy("io.helidon.security..", "auth", "gateway"),
            knownBy("io.portfoliostream.alpaca..", "broker"),
            knownBy("io.micrometer..", "telemetry", "gateway"),
            noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.."))
                .as("JSON is the protocol module's"),
            noClasses()
                .that()
                .resideInAPackage(ROOT + ".stream..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage("java.sql..", "org.jdbi..", ROOT + ".gateway.."))
                .as("the stream knows neither the database nor the edge"),
            noClasses()
                .that()
                .resideInAPackage(ROOT + ".ledger..")
                .should()
                .dependOnClassesThat(
                    resideInAnyPackage(
                        ROOT + ".broker..", ROOT + ".stream..", ROOT + ".gateway..", "java.net.."))
                .as("the ledger knows no broker and no client"),
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles(),
            environmentIsReadByConfig(),
            timeAndChanceAreInjected())
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(PRODUCTION)));
  }

  private static ArchRule knownBy(String library, String... packages) {
    var allowed = Stream.of(packages).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .and()
        .resideOutsideOfPackage(ROOT)
        .should()
        .dependOnClassesThat(resideInAPackage(library))
        .as(library + " is known by " + String.join(" and ", packages) + " alone");
  }

  private static ArchRule environmentIsReadByConfig() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".config..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .as("the environment is read by config alone");
  }

  private static ArchRule timeAndChanceAreInjected() {
    return noClasses()
        .that()
        .doNotHaveSimpleName("Platform")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callConstructor(SecureRandom.class)
        .orShould()
        .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor")
        .orShould()
        .callMethod(Thread.class, "startVirtualThread", Runnable.class)
        .as("time, chance and threads come from the platform, through constructors");
  }
}
