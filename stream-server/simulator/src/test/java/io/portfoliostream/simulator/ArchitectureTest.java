package io.portfoliostream.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final String ROOT = "io.portfoliostream.simulator";
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.concat(dependencies(), habits())
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> check(rule)));
  }

  private static Stream<ArchRule> dependencies() {
    return Stream.of(
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles(),
        ArchRuleDefinition.classes()
            .that()
            .resideInAnyPackage(ROOT + ".market..", ROOT + ".broker..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".market..", ROOT + ".broker..")
            .as("the core knows nothing but the language"),
        ArchRuleDefinition.classes()
            .that()
            .resideInAPackage(ROOT + ".market..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".market..")
            .as("the market knows no accounts"),
        noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".edge..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.helidon..")
            .as("only the edge knows the web server"));
  }

  private static Stream<ArchRule> habits() {
    return Stream.of(
        noClasses()
            .that()
            .resideInAnyPackage(ROOT, ROOT + ".desk..", ROOT + ".edge..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..")
            .as("JSON stays with its shapes, the sessions and the store"),
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".BrokerSimulator")
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class)
            .as("time, chance and threads are injected"),
        noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Data|Info)")
            .as("names say what a thing is"));
  }

  private static void check(ArchRule rule) {
    rule.check(PRODUCTION);
  }
}
