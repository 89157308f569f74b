package dev.mxcp.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// M6.2-M6.4, V6.
class HostPolicyTest {
    private static HostPolicy of(String bind, List<String> hosts, List<String> origins) {
        return new HostPolicy(bind, hosts, origins, "https://Data.example/base");
    }

    @Test
    void on_loopback_only_known_hosts_are_allowed() {
        var policy = of("localhost", List.of("proxy.example", "other.example:8443"), List.of());

        for (String host :
                List.of(
                        "localhost",
                        "LOCALHOST:8000",
                        "127.0.0.1:1",
                        "[::1]",
                        "[::1]:80",
                        "data.example",
                        "data.example:443",
                        "proxy.example:99",
                        "other.example:8443")) {
            assertThat(policy.allowsHost(host)).as(host).isTrue();
        }
        for (String host :
                List.of(
                        "evil.example",
                        "localhost.evil.example",
                        "127.0.0.1.evil",
                        "other.example")) {
            assertThat(policy.allowsHost(host)).as(host).isFalse();
        }
    }

    @Test
    void elsewhere_hosts_are_checked_when_configured() {
        assertThat(of("0.0.0.0", List.of(), List.of()).allowsHost("any.example")).isTrue();
        assertThat(of("0.0.0.0", List.of("a.example"), List.of()).allowsHost("any.example"))
                .isFalse();
        assertThat(of("localhost", List.of("*"), List.of()).allowsHost("any.example")).isTrue();
    }

    @Test
    void origins_are_always_checked() {
        var policy = of("0.0.0.0", List.of(), List.of("https://app.example"));

        for (String origin :
                List.of(
                        "http://localhost:6274",
                        "https://127.0.0.1",
                        "http://[::1]:3",
                        "https://APP.example",
                        "https://data.example")) {
            assertThat(policy.allowsOrigin(origin)).as(origin).isTrue();
        }
        for (String origin :
                List.of("null", "http://app.example", "http://evil.example", "x", "")) {
            assertThat(policy.allowsOrigin(origin)).as(origin).isFalse();
        }
        var open = of("localhost", List.of(), List.of("*"));
        assertThat(open.allowsOrigin("http://evil.example")).isTrue();
        assertThat(open.allowsOrigin("null")).isFalse();
    }
}
