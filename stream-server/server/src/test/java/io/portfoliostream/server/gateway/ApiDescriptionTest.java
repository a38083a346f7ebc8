package io.portfoliostream.server.gateway;

import static io.portfoliostream.server.gateway.ApiContract.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.portfoliostream.protocol.CloseCode;
import io.portfoliostream.protocol.Malformed;
import io.portfoliostream.protocol.ProblemCode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The published descriptions agree with each other, with their examples and with the words of the
/// code.
class ApiDescriptionTest {
  private final ApiDocuments documents = ApiDocuments.load();
  private final ApiContract http = new ApiContract(documents.openapi());
  private final ApiContract stream = new ApiContract(documents.asyncapi());

  @TestFactory
  Stream<DynamicTest> everyExampleIsAsDescribed() {
    return Stream.of(http, stream)
        .flatMap(contract ->
            contract.examples().entrySet().stream()
                .map(example ->
                    DynamicTest.dynamicTest(
                        example.getKey(),
                        () -> {
                          var name = example.getKey().replaceFirst("^examples/", "");
                          var text = Objects.requireNonNull(documents.examples().get(name));
                          assertThat(contract.flaws(example.getValue(), ApiContract.json(text)))
                              .isEmpty();
                        })));
  }

  @Test
  void everyExampleStandsForSomething() {
    var referred = new TreeSet<String>();
    referred.addAll(http.examples().keySet());
    referred.addAll(stream.examples().keySet());

    assertThat(documents.examples().keySet())
        .hasSize(referred.size())
        .allSatisfy(name -> assertThat(referred).contains("examples/" + name));
  }

  @Test
  void whatBothDescriptionsNameTheyDescribeAlike() {
    var one = fields(http.document().at("/components/schemas"));
    var other = fields(stream.document().at("/components/schemas"));
    var both = new TreeSet<>(one.keySet());
    both.retainAll(other.keySet());

    assertThat(both).contains("PositionUpdate", "OrderUpdate", "Snapshot");
    for (var name : both) {
      assertThat(other.get(name)).as(name).isEqualTo(one.get(name));
    }
  }

  @Test
  void aFieldThatNobodyDescribedIsFound() {
    var me = ApiContract.json("{\"userId\":\"u\",\"username\":\"ada\",\"roles\":[]}");
    var more = ApiContract.json("{\"userId\":\"u\",\"username\":\"a\",\"roles\":[],\"pin\":\"1\"}");
    var schema = ApiContract.json("{\"$ref\":\"#/components/schemas/Me\"}");

    assertThat(http.flaws(schema, me)).isEmpty();
    assertThat(http.flaws(schema, more)).hasSize(1).first().asString().contains("pin");
    assertThat(http.flaws(schema, ApiContract.json("{\"userId\":\"u\"}"))).hasSize(2);
  }

  @Test
  void theWordsOfTheCodeAreDescribed() {
    var problems = words(http, "/components/schemas/Problem/properties/code/enum");
    assertThat(problems)
        .containsAll(Arrays.stream(ProblemCode.values()).map(ProblemCode::wireName).toList());
    assertThat(words(stream, "/components/schemas/ErrorNotice/properties/code/enum"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Malformed.Code.values()).map(Malformed.Code::wireName).toList());
    assertThat(words(stream, "/components/schemas/event.close/properties/code/enum"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(CloseCode.values()).map(code -> Integer.toString(code.code())).toList());
    assertThat(documents.asyncapi())
        .contains(
            Arrays.stream(CloseCode.values()).map(code -> "| " + code.code() + " |").toList());
  }

  @Test
  void theListOfThePageIsThatOfTheDescription() {
    var listed = new HashSet<String>();
    for (var operation : ApiPage.operations(documents.openapi())) {
      var name = operation.method() + " " + operation.path();
      listed.add(name);
      var described = Objects.requireNonNull(http.operations().get(name), name);
      assertThat(described.path("summary").asText()).isEqualTo(operation.summary());
    }
    assertThat(listed).isEqualTo(http.operations().keySet());
  }

  private static Set<String> words(ApiContract contract, String pointer) {
    var words = new TreeSet<String>();
    StreamSupport.stream(contract.document().at(pointer).spliterator(), false)
        .forEach(word -> words.add(word.asText()));
    return words;
  }
}
