package dev.mxcp.quality.dbt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.project.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// cli B1, B2
class DbtSecretsTest {
    @Test
    void makes_a_variable_of_each_parameter_and_of_each_member_of_a_map() {
        var parameters = new LinkedHashMap<String, @Nullable Object>();
        parameters.put("value", "s3cret");
        parameters.put("port", 42L);
        parameters.put("tls", true);
        parameters.put("none", null);
        parameters.put("headers", Map.of("X-Key", "k"));

        assertThat(DbtSecrets.variables(List.of(new Secret("api", "custom", parameters))))
                .containsExactly(
                        Map.entry("MXCP_SECRET_API_VALUE", "s3cret"),
                        Map.entry("MXCP_SECRET_API_PORT", "42"),
                        Map.entry("MXCP_SECRET_API_TLS", "True"),
                        Map.entry("MXCP_SECRET_API_NONE", "None"),
                        Map.entry("MXCP_SECRET_API_HEADERS_X-KEY", "k"),
                        Map.entry("MXCP_SECRET_API_HEADERS_X_KEY", "k"));
    }

    @Test
    void gives_a_name_that_no_shell_takes_a_second_form() {
        assertThat(DbtSecrets.variables(List.of(secret("api-key", "custom", "value", "v"))))
                .containsExactly(
                        Map.entry("MXCP_SECRET_API-KEY_VALUE", "v"),
                        Map.entry("MXCP_SECRET_API_KEY_VALUE", "v"));
    }

    @Test
    void writes_http_secrets_as_references_to_the_variables_that_dbt_gets() {
        Secret token = secret("my-api", "http", "BEARER_TOKEN", "t0ken");

        Map<String, @Nullable Object> entry = DbtSecrets.entries(List.of(token), false).getFirst();

        assertThat(entry.get("extra_http_headers"))
                .isEqualTo(
                        "map { 'Authorization': 'Bearer {{ env_var('MXCP_SECRET_MY_API_BEARER_TOKEN') }}' }");
        assertThat(DbtSecrets.variables(List.of(token)))
                .containsKey("MXCP_SECRET_MY_API_BEARER_TOKEN");
        assertThat(entry).containsEntry("name", "my-api").containsEntry("scope", "");
    }

    @Test
    void names_a_variable_for_each_extra_header() {
        Secret headers =
                new Secret(
                        "api",
                        "http",
                        Map.of(
                                "EXTRA_HTTP_HEADERS",
                                Map.of("X-Tenant", "blue"),
                                "SCOPE",
                                "https://a"));

        assertThat(DbtSecrets.entries(List.of(headers), false).getFirst())
                .containsEntry("scope", "https://a")
                .containsEntry(
                        "extra_http_headers",
                        "map { 'X-Tenant': '{{ env_var('MXCP_SECRET_API_EXTRA_HTTP_HEADERS_X_TENANT') }}' }");
    }

    @Test
    void embeds_values_so_that_neither_sql_nor_templates_trip_over_them() {
        assertThat(embedded("o'clock")).isEqualTo("map { 'Authorization': 'Bearer o''clock' }");
        assertThat(embedded("a{{ b }}"))
                .isEqualTo("map { 'Authorization': 'Bearer {% raw %}a{{ b }}{% endraw %}' }");
    }

    @Test
    void leaves_out_secrets_of_other_types() {
        assertThat(DbtSecrets.entries(List.of(secret("s3", "s3", "KEY_ID", "k")), false)).isEmpty();
    }

    private static @Nullable Object embedded(String token) {
        return DbtSecrets.entries(List.of(secret("a", "http", "BEARER_TOKEN", token)), true)
                .getFirst()
                .get("extra_http_headers");
    }

    private static Secret secret(String name, String type, String parameter, Object value) {
        return new Secret(name, type, Collections.singletonMap(parameter, value));
    }
}
