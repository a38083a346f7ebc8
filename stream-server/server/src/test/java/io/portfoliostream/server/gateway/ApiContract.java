package io.portfoliostream.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// A published description, and whether something is as it says.
///
/// The schemas let unknown fields pass, as clients should; here they do not, so that a field which
/// nobody described is found.
final class ApiContract {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
  private static final String SCHEMAS = "#/components/schemas/";

  /// Is put together with other parts, by `allOf`.
  private static final Set<String> PARTS = Set.of("Envelope");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final JsonNode document;

  ApiContract(String yaml) {
    document = tree(yaml);
  }

  static JsonNode tree(String yaml) {
    try {
      return new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  JsonNode document() {
    return document;
  }

  /// The operations by method and path, such as `GET /api/me`.
  Map<String, JsonNode> operations() {
    var operations = new TreeMap<String, JsonNode>();
    fields(document.at("/paths"))
        .forEach((path, methods) ->
            fields(methods)
                .forEach((method, operation) -> {
                  if (METHODS.contains(method)) {
                    operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation);
                  }
                }));
    return operations;
  }

  /// What an operation may answer with a status.
  JsonNode response(String operation, int status) {
    var described = Objects.requireNonNull(operations().get(operation), operation);
    var response = described.path("responses").path(Integer.toString(status));
    assertThat(response.isMissingNode()).as("%s answers %d", operation, status).isFalse();
    return resolved(response);
  }

  /// Examples by file name, with the schemas that they stand for.
  Map<String, JsonNode> examples() {
    var examples = new HashMap<String, JsonNode>();
    document
        .findParents("examples")
        .forEach(content -> {
          if (content.has("schema") && content.path("examples").isObject()) {
            content
                .path("examples")
                .forEach(example ->
                    examples.put(example.path("externalValue").asText(), content.get("schema")));
          }
        });
    document
        .findParents("x-examples")
        .forEach(message ->
            message
                .get("x-examples")
                .forEach(file -> examples.put(file.asText(), message.get("payload"))));
    return examples;
  }

  /// What is wrong with a value, by a schema of the description.
  List<String> flaws(JsonNode schema, JsonNode value) {
    var whole = JSON.createObjectNode();
    whole.set("allOf", JSON.createArrayNode().add(local(schema)));
    var defs = whole.putObject("$defs");
    fields(document.at("/components/schemas"))
        .forEach((name, each) ->
            defs.set(name, PARTS.contains(name) ? local(each) : strict(local(each))));
    return REGISTRY.getSchema(whole).validate(value).stream().map(Error::toString).toList();
  }

  /// Whether an answer is as described; that an operation was answered well is noted in `seen`.
  void check(String operation, RawSocket.Response response, Set<String> seen) {
    var described = response(operation, response.status());
    if (response.status() < 300) {
      seen.add(operation);
    }
    var content = described.path("content");
    if (content.isMissingNode()) {
      assertThat(response.body()).as(operation).isEmpty();
      return;
    }
    var type = response.header("Content-Type").split(";", 2)[0];
    assertThat(content.has(type)).as("%s answers %s", operation, type).isTrue();
    if (type.endsWith("json")) {
      assertThat(flaws(content.path(type).path("schema"), json(response.body())))
          .as("%s: %s", operation, response.body())
          .isEmpty();
    }
  }

  /// The parameter, answer or whatever it is, where it stands elsewhere.
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  static Map<String, JsonNode> fields(JsonNode object) {
    var fields = new TreeMap<String, JsonNode>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }

  /// A copy whose references lead to its own definitions.
  private static JsonNode local(JsonNode schema) {
    var copy = schema.deepCopy();
    for (var parent : copy.findParents("$ref")) {
      var target = parent.get("$ref").asText().replace(SCHEMAS, "#/$defs/");
      ((ObjectNode) parent).set("$ref", TextNode.valueOf(target));
    }
    return copy;
  }

  private static JsonNode strict(JsonNode schema) {
    var inner = new ArrayList<JsonNode>();
    schema.forEach(inner::add);
    if (schema instanceof ObjectNode object && object.path("allOf").isArray()) {
      object.put("unevaluatedProperties", false);
      return object;
    }
    inner.forEach(ApiContract::strict);
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && object.path("type").asText().equals("object")) {
      object.put("additionalProperties", false);
    }
    return schema;
  }
}
