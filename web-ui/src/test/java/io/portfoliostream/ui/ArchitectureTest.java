package io.portfoliostream.ui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import io.portfoliostream.client.PortfolioClient;
import io.portfoliostream.client.StreamApi;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final String ROOT = "io.portfoliostream.ui";
  private static final String LIVE = ROOT + ".live..";
  private static final String LOGIN = ROOT + ".login..";
  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @TestFactory
  Stream<DynamicTest> rules() {
    return Stream.of(dependencies(), habits(), origins())
        .flatMap(rules -> rules)
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(PRODUCTION)));
  }

  private static Stream<ArchRule> dependencies() {
    return Stream.of(
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles(),
        noClasses()
            .that()
            .resideInAPackage(ROOT + ".(*)..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT)
            .as("parts do not know the composition root"),
        noClasses()
            .that()
            .resideInAPackage(ROOT + ".format..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.portfoliostream.client..", "io.portfoliostream.protocol..")
            .as("format knows numbers only"),
        noClasses()
            .that()
            .resideOutsideOfPackages(LOGIN, ROOT + ".base..", ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .as("views know no Spring"),
        noClasses()
            .that()
            .resideOutsideOfPackages(LIVE, LOGIN, ROOT)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(PortfolioClient.class, StreamApi.class)
            .as("only live and login talk to the stream server"));
  }

  private static Stream<ArchRule> habits() {
    return Stream.of(
        noClasses()
            .that()
            .resideOutsideOfPackage(LIVE)
            .should()
            .accessTargetWhere(callsPageFromOutside())
            .as("only live calls a page from another thread"),
        classes()
            .that()
            .areAnnotatedWith(Route.class)
            .should()
            .bePackagePrivate()
            .as("views are package-private"),
        noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .as("names say what a thing is"));
  }

  private static Stream<ArchRule> origins() {
    return Stream.of(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".Wiring")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Executors.class)
            .as("clocks and threads come from the composition root"),
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ROOT + ".Wiring")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(UUID.class)
            .as("random values come from the composition root"));
  }

  private static DescribedPredicate<JavaAccess<?>> callsPageFromOutside() {
    var names = Set.of("access", "accessSynchronously", "accessLater");
    return DescribedPredicate.describe(
        "a page is called from another thread",
        access ->
            names.contains(access.getName())
                && (access.getTargetOwner().isEquivalentTo(UI.class)
                    || access.getTargetOwner().isEquivalentTo(VaadinSession.class)));
  }
}
