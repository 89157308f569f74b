package dev.mxcp.project.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R4, S5, R6: against a script that stands in for the tool `op`.
class OnePasswordTest {
    private static final String TOOL =
            """
            #!/bin/sh
            echo "$@" >> "$LOG"
            [ "$OP_SERVICE_ACCOUNT_TOKEN" = "ops_right" ] || { echo '[ERROR] invalid token' >&2; exit 1; }
            case "$3" in
              op://team/db/password) printf 'p w\\303\\251' ;;
              'op://team/db/code?attribute=otp') printf 123456 ;;
              'op://team/old/code?attribute=totp') printf 654321 ;;
              *) echo "[ERROR] could not read secret" >&2; exit 1 ;;
            esac
            """;

    @TempDir Path folder;

    private OnePassword store(String token) throws IOException {
        Path tool = folder.resolve("op");
        if (!Files.exists(tool)) {
            Files.writeString(tool, TOOL);
            Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
        }
        return new OnePassword(
                "MY_TOKEN",
                Map.of(
                        "PATH",
                        folder + ":/usr/bin:/bin",
                        "MY_TOKEN",
                        token,
                        "LOG",
                        folder.resolve("log").toString()));
    }

    private static SecretUnreadable failure(OnePassword store, String reference) {
        return catchThrowableOfType(SecretUnreadable.class, () -> store.read(reference));
    }

    @Test
    void a_field_is_read_once_and_left_as_it_is() throws Exception {
        OnePassword store = store("ops_right");

        assertThat(store.read("op://team/db/password")).isEqualTo("p wé");
        assertThat(store.read("op://team/db/password")).isEqualTo("p wé");

        assertThat(Files.readAllLines(folder.resolve("log")))
                .containsExactly("read --no-newline op://team/db/password");
    }

    @Test
    void a_one_time_password_is_asked_for_under_both_names() throws Exception {
        OnePassword store = store("ops_right");

        assertThat(store.read("op://team/db/code?attribute=otp")).isEqualTo("123456");
        assertThat(store.read("op://team/old/code?attribute=otp")).isEqualTo("654321");
    }

    @Test
    void what_op_complains_about_is_said_without_the_token() throws Exception {
        assertThat(failure(store("ops_right"), "op://team/none/x").what())
                .isEqualTo(
                        "Failed to resolve 1Password URL 'op://team/none/x': [ERROR] could not read"
                                + " secret");
        assertThat(failure(store("ops_wrong"), "op://team/db/password").what())
                .contains("invalid token")
                .doesNotContain("ops_wrong");
    }

    @Test
    void a_form_it_does_not_know_is_refused() throws Exception {
        assertThat(failure(store("ops_right"), "op://team/db").what())
                .isEqualTo(
                        "Invalid 1Password URL format: 'op://team/db' is not op://vault/item/field");
    }

    @Test
    void token_and_tool_must_be_there() {
        var noToken = new OnePassword("T", Map.of("PATH", "/usr/bin"));
        var noTool = new OnePassword("T", Map.of("T", "t", "PATH", folder.toString()));

        assertThat(failure(noToken, "op://a/b/c").what())
                .endsWith("no service account token in environment variable 'T'");
        assertThat(failure(noTool, "op://a/b/c").what())
                .endsWith("the command-line tool op is not on the PATH");
    }
}
