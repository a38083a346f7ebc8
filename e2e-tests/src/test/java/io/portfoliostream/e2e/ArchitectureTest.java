package io.portfoliostream.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Who may know whom in these tests.
class ArchitectureTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter().importPackages("io.portfoliostream.e2e");

  @TestFactory
  Stream<DynamicTest> layers() {
    return Stream.of(
            noClasses()
                .that()
                .resideInAPackage("..stack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.microsoft.playwright..", "..browser..", "..pages.."),
            noClasses()
                .that()
                .resideInAPackage("..pages..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..stack..", "..browser..", "org.junit..", "org.assertj.."),
            noClasses()
                .that()
                .resideInAPackage("..browser..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..stack..", "..pages.."),
            noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("tests wait for a condition, with a deadline"))
        .map(ArchitectureTest::test);
  }

  private static DynamicTest test(ArchRule rule) {
    return DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(TESTS));
  }
}
