package dev.mxcp.project.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `op://VAULT/ITEM/FIELD`: a field in 1Password, read by its command-line tool `op` with the token
/// of a service account (R4, S5).
public final class OnePassword implements SecretStore {
    private static final Pattern FORM =
            Pattern.compile("op://[^/]+/[^/]+/[^/?]+(?:\\?attribute=otp)?");
    private static final String OTP = "?attribute=otp";
    private static final long LIMIT_SECONDS = 30;

    private final String tokenVariable;
    private final Map<String, String> environment;
    private final Map<String, String> known = new HashMap<>();

    /// @param tokenVariable environment variable that holds the service account's token
    /// @param environment where the token and the search path of `op` are taken from
    public OnePassword(String tokenVariable, Map<String, String> environment) {
        this.tokenVariable = tokenVariable;
        this.environment = environment;
    }

    @Override
    public String read(String reference) throws SecretUnreadable {
        if (!FORM.matcher(reference).matches()) {
            throw new SecretUnreadable(
                    "Invalid 1Password URL format: '%s' is not op://vault/item/field"
                            .formatted(reference),
                    "write op://vault/item/field or op://vault/item/field?attribute=otp");
        }
        String value = known.get(reference);
        if (value == null) {
            value = ask(reference);
            known.put(reference, value);
        }
        return value;
    }

    private String ask(String reference) throws SecretUnreadable {
        String token = environment.getOrDefault(tokenVariable, "");
        if (token.isBlank()) {
            throw failed(
                    reference,
                    "no service account token in environment variable '" + tokenVariable + "'",
                    "set it, or name another variable in onepassword.token_env");
        }
        Path tool = tool(reference);
        Reply reply = run(tool, reference, token, reference);
        if (reply.status() != 0 && reference.endsWith(OTP)) {
            // the vendor's SDK calls a one-time password `totp`, its command-line tool `otp`
            String other = reference.replace(OTP, "?attribute=totp");
            Reply second = run(tool, other, token, reference);
            reply = second.status() == 0 ? second : reply;
        }
        if (reply.status() != 0) {
            throw failed(
                    reference,
                    reply.complaint(),
                    "check the reference, and that the service account may read the vault");
        }
        return reply.output();
    }

    /// How `op` ended.
    ///
    /// @param complaint first line of its error output
    private record Reply(int status, String output, String complaint) {}

    private Reply run(Path tool, String asked, String token, String reference)
            throws SecretUnreadable {
        var builder = new ProcessBuilder(List.of(tool.toString(), "read", "--no-newline", asked));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("OP_SERVICE_ACCOUNT_TOKEN", token);
        try {
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                CompletableFuture<String> output = whole(process.getInputStream());
                CompletableFuture<String> errors = whole(process.getErrorStream());
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    throw failed(
                            reference, "op did not answer in " + LIMIT_SECONDS + " seconds", null);
                }
                String said = errors.join().strip().lines().findFirst().orElse("");
                String complaint =
                        said.isEmpty() ? "op ended with status " + process.exitValue() : said;
                return new Reply(process.exitValue(), output.join(), complaint);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException | CompletionException unusable) {
            throw failed(reference, "op cannot be run: " + unusable.getMessage(), null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed(reference, "interrupted", null);
        }
    }

    private static CompletableFuture<String> whole(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofVirtual()
                .start(() -> {
                    try (stream) {
                        text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException broken) {
                        text.completeExceptionally(new UncheckedIOException(broken));
                    }
                });
        return text;
    }

    private Path tool(String reference) throws SecretUnreadable {
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, "op");
            if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        throw failed(
                reference,
                "the command-line tool op is not on the PATH",
                "install the 1Password command-line tool");
    }

    private static SecretUnreadable failed(String reference, String why, @Nullable String fix) {
        return new SecretUnreadable(
                "Failed to resolve 1Password URL '%s': %s".formatted(reference, why), fix);
    }
}
