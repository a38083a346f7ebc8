package io.portfoliostream.server.gateway;

import io.portfoliostream.protocol.ProblemCode;
import java.util.List;

/// The description of the interface, for everyone.
record DocsRoutes(ApiDocuments documents) {
  private static final String YAML = "application/yaml";

  List<Resource> resources() {
    return List.of(
        Resource.at("/api/docs").open("GET", _ -> ApiPage.answer(documents.openapi())),
        Resource.at("/api/docs/{file}").open("GET", this::description),
        Resource.at("/api/docs/examples/{file}").open("GET", this::example));
  }

  private Answer description(Call call) {
    return switch (call.path("file")) {
      case "openapi.yaml" -> Answer.text(YAML, documents.openapi());
      case "asyncapi.yaml" -> Answer.text(YAML, documents.asyncapi());
      default -> notFound();
    };
  }

  private Answer example(Call call) {
    var example = documents.examples().get(call.path("file"));
    return example == null ? notFound() : Answer.text("application/json", example);
  }

  private static Answer notFound() {
    return Answer.problem(ProblemCode.NOT_FOUND, "There is no such file.");
  }
}
