package io.portfoliostream.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portfoliostream.server.CreateAdmin.Wish;
import io.portfoliostream.server.auth.SignIn.Attempt;
import io.portfoliostream.server.auth.SignIn.Result.SignedIn;
import io.portfoliostream.server.config.ServerConfig;
import io.portfoliostream.server.testkit.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateAdminTest {
  private final TestDatabase database = TestDatabase.fresh();
  private final Platform platform = Platform.real();
  private final Access access =
      Access.create(database.dataSource(), ServerConfig.parse(Map.of()).access(), platform);

  @AfterEach
  void stop() {
    platform.close();
    database.close();
  }

  @Test
  void theFirstAdministratorSignsInWithTheGivenPassword() {
    var line = CreateAdmin.create(access.edge(), "Root", "correct horse battery");

    assertThat(line).isEqualTo("administrator root made");
    var result = signIn("root", "correct horse battery");
    assertThat(result).isInstanceOf(SignedIn.class);
    if (result instanceof SignedIn(var session)) {
      assertThat(session.identity().roles()).containsExactlyInAnyOrder("user", "admin");
    }
    assertThat(access.edge().audit().read(Long.MAX_VALUE, 10))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.action()).isEqualTo("user_created");
          assertThat(event.detail()).isEqualTo("by create-admin");
        });
  }

  @Test
  void aGeneratedPasswordIsPrintedOnce() {
    var line = CreateAdmin.create(access.edge(), "root", null);

    assertThat(line).startsWith("administrator root made; the password is ");
    var password = line.substring(line.lastIndexOf(' ') + 1);
    assertThat(signIn("root", password)).isInstanceOf(SignedIn.class);
  }

  @Test
  void aNameIsTakenOnce() {
    CreateAdmin.create(access.edge(), "root", null);

    assertThatThrownBy(() -> CreateAdmin.create(access.edge(), "ROOT", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the user name ROOT is taken");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> CreateAdmin.create(access.edge(), "a b", "short"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("username must have", "password must have 10 to 256 characters");
  }

  @Test
  void theArgumentsAreANameAndMaybeTheWishForAPassword() {
    assertThat(Wish.parse(words("create-admin root"))).isEqualTo(new Wish("root", false));
    assertThat(Wish.parse(words("create-admin root --generate-password")))
        .isEqualTo(new Wish("root", true));
    assertThat(Wish.parse(words("create-admin --generate-password root")))
        .isEqualTo(new Wish("root", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"create-admin", "create-admin a b", "create-admin --help", "create-admin a --x"})
  void otherArgumentsAreRefusedWithTheUsage(String line) {
    assertThatThrownBy(() -> Wish.parse(words(line)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("usage: create-admin NAME [--generate-password]");
  }

  private Object signIn(String username, String password) {
    return access.edge().signIn().attempt(new Attempt(username, password, "10.0.0.1", null));
  }

  private static String[] words(String line) {
    return line.split(" ", -1);
  }
}
