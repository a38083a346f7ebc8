package io.portfoliostream.ui.login;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer.SessionFixationConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/// Who may see which page, and how they sign in.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  @Bean
  AuthenticationProvider remoteAuthentication(StreamSignIn signIn) {
    return new RemoteAuthentication(signIn);
  }

  /// A new browser session per sign-in: no page of the user before can stay open.
  @Bean
  SecurityFilterChain chain(HttpSecurity http, StreamSignIn signIn, RememberKey key) {
    var remembered = new RememberedSession(signIn, key.value());
    http.authorizeHttpRequests(
        requests -> requests.requestMatchers("/health", "/app/**").permitAll());
    http.with(
        VaadinSecurityConfigurer.vaadin(),
        vaadin -> vaadin.loginView(LoginView.class).addLogoutHandler(remembered));
    http.rememberMe(remember -> remember.rememberMeServices(remembered).key(key.value()));
    http.formLogin(form -> form.failureHandler(failure()));
    http.sessionManagement(
        session -> session.sessionFixation(SessionFixationConfigurer::newSession));
    return http.build();
  }

  private static AuthenticationFailureHandler failure() {
    return (request, response, exception) ->
        response.sendRedirect(
            request.getContextPath()
                + (exception instanceof AuthenticationServiceException
                    ? "/login?error=unavailable"
                    : "/login?error"));
  }
}
