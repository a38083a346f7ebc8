package io.portfoliostream.server.gateway;

import io.portfoliostream.server.audit.AuditAction;
import io.portfoliostream.server.audit.AuditEntry;
import io.portfoliostream.server.audit.AuditEntry.Actor;
import io.portfoliostream.server.audit.AuditLog;
import io.portfoliostream.server.auth.Identity;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// What calls leave in the audit log.
record Trail(AuditLog log) {
  private static final String ADMIN = "/api/admin/";

  /// Notes what the sender of a call did.
  void note(
      Call call,
      Identity identity,
      AuditAction action,
      @Nullable String subject,
      @Nullable String detail) {
    var actor = new Actor(identity.user().value(), identity.username());
    log.record(new AuditEntry(action, actor, subject, detail, call.address()));
  }

  /// Notes what somebody did who is not signed in.
  void note(Call call, AuditAction action, @Nullable String subject) {
    log.record(new AuditEntry(action, null, subject, null, call.address()));
  }

  /// The same resource; where it is an administrator's, what changes something is noted.
  Resource watched(Resource resource) {
    if (!resource.path().startsWith(ADMIN)) {
      return resource;
    }
    var watched = new HashMap<>(resource.endpoints());
    watched.replaceAll((method, endpoint) ->
        endpoint instanceof Endpoint.Own own && !RestEdge.isRead(method) ? watched(own) : endpoint);
    return new Resource(resource.path(), watched);
  }

  private Endpoint.Own watched(Endpoint.Own endpoint) {
    return (call, identity) -> {
      var answer = endpoint.answer(call, identity);
      note(call, identity, AuditAction.ADMIN_ACTION, call.what(), "status " + answer.status());
      return answer;
    };
  }
}
