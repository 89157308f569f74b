package dev.mxcp.project;

import dev.mxcp.project.secrets.SecretStore;
import dev.mxcp.project.secrets.SecretUnreadable;
import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.YamlValue;
import dev.mxcp.project.yaml.YamlValue.Entry;
import dev.mxcp.project.yaml.YamlValue.Mapping;
import dev.mxcp.project.yaml.YamlValue.Scalar;
import dev.mxcp.project.yaml.YamlValue.Sequence;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replaces references in string values (section 4): `${NAME}` anywhere in a string, `file://...`
/// `vault://...` and `op://...` as the whole string. Keys and other values are left alone. What
/// cannot be resolved becomes a problem and stays as it was.
final class References {
    private static final Logger LOG = LoggerFactory.getLogger(References.class);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");
    private static final String FILE = "file://";
    private static final String VAULT = "vault://";
    private static final String OP = "op://";

    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final Problems problems;
    private final Stores stores;

    /// The places outside the configuration that are in use (U11).
    ///
    /// @param vault null where it is not enabled
    /// @param onePassword null where it is not enabled
    record Stores(@Nullable SecretStore vault, @Nullable SecretStore onePassword) {
        static final Stores NONE = new Stores(null, null);
    }

    /// @param workingDirectory where relative `file://` paths begin (P1.2)
    /// @param problems receives what cannot be resolved
    References(
            Map<String, String> environment,
            Path workingDirectory,
            Stores stores,
            Problems problems) {
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.stores = stores;
        this.problems = problems;
    }

    /// The value with all kinds of references resolved.
    ///
    /// @param path dotted path of the value
    YamlValue resolve(YamlValue value, String path) {
        return walk(value, path, this::resolved);
    }

    /// The value with `${NAME}` replaced and all else left alone.
    ///
    /// @param path dotted path of the value
    YamlValue interpolate(YamlValue value, String path) {
        return walk(value, path, this::interpolated);
    }

    /// The value with its references marked as unresolved, so that they may stand for a value of
    /// any type (R2: parts that are not in use cannot fail).
    static YamlValue leave(YamlValue value) {
        return walk(
                value, "", (scalar, text, _) -> isReference(text) ? scalar.unresolved() : scalar);
    }

    private static boolean isReference(String text) {
        return text.startsWith(FILE)
                || text.startsWith(VAULT)
                || text.startsWith(OP)
                || VARIABLE.matcher(text).find();
    }

    private interface Replacement {
        Scalar of(Scalar scalar, String text, String path);
    }

    private static YamlValue walk(YamlValue value, String path, Replacement replacement) {
        return switch (value) {
            case Scalar scalar ->
                    scalar.value() instanceof String text
                            ? replacement.of(scalar, text, path)
                            : scalar;
            case Sequence sequence -> {
                var items = new ArrayList<YamlValue>();
                for (YamlValue item : sequence.items()) {
                    items.add(walk(item, path + "." + items.size(), replacement));
                }
                yield new Sequence(items, sequence.place());
            }
            case Mapping mapping -> {
                var entries = new LinkedHashMap<String, Entry>();
                mapping.entries()
                        .forEach((key, entry) -> {
                            String below = path.isEmpty() ? key : path + "." + key;
                            entries.put(
                                    key,
                                    new Entry(
                                            entry.place(),
                                            walk(entry.value(), below, replacement)));
                        });
                yield new Mapping(entries, mapping.place());
            }
        };
    }

    private Scalar resolved(Scalar scalar, String text, String path) {
        if (text.startsWith(FILE)) {
            return file(scalar, text.substring(FILE.length()), path);
        } else if (text.startsWith(VAULT)) {
            return stored(scalar, text, path, stores.vault(), "Vault");
        } else if (text.startsWith(OP)) {
            return stored(scalar, text, path, stores.onePassword(), "1Password");
        }
        return interpolated(scalar, text, path);
    }

    private Scalar interpolated(Scalar scalar, String text, String path) {
        Matcher variables = VARIABLE.matcher(text);
        var result = new StringBuilder();
        boolean complete = true;
        boolean any = false;
        while (variables.find()) {
            any = true;
            String name = variables.group(1);
            String value = environment.get(name);
            if (value == null) {
                failed(
                        scalar,
                        path,
                        "Environment variable " + name + " is not set",
                        "set " + name + " in the environment of this process");
                complete = false;
            } else {
                variables.appendReplacement(result, Matcher.quoteReplacement(value));
            }
        }
        if (!any) {
            return scalar;
        }
        return complete
                ? scalar.resolved(variables.appendTail(result).toString())
                : scalar.unresolved();
    }

    private Scalar file(Scalar scalar, String written, String path) {
        Path file = Locations.literal(workingDirectory, written).orElse(null);
        String problem = written.isEmpty() || file == null ? "Invalid file URL" : null;
        if (problem == null && file != null) {
            try {
                String content = Files.readString(file).strip();
                if (content.isEmpty()) {
                    LOG.warn("{}: {}: the file is empty", scalar.place().text(), path);
                }
                return scalar.resolved(content);
            } catch (AccessDeniedException denied) {
                problem = "Permission denied reading file '" + file + "'";
            } catch (IOException failed) {
                problem = fileProblem(file, failed);
            }
        }
        return failed(scalar, path, String.valueOf(problem), null);
    }

    private static String fileProblem(Path file, IOException failed) {
        if (!Files.exists(file)) {
            return "File not found: " + file;
        } else if (Files.isDirectory(file)) {
            return "Path is not a file: " + file;
        } else if (failed instanceof java.nio.charset.CharacterCodingException) {
            return "File is not valid UTF-8: " + file;
        }
        return "Failed to read file '" + file + "': " + failed.getMessage();
    }

    private Scalar stored(
            Scalar scalar,
            String reference,
            String path,
            @Nullable SecretStore store,
            String storeName) {
        if (store == null) {
            String block = storeName.equals("Vault") ? "vault" : "onepassword";
            return failed(
                    scalar,
                    path,
                    "%1$s URL '%2$s' found but %1$s is not enabled in configuration"
                            .formatted(storeName, reference),
                    "write `%s: {enabled: true}` in the user configuration".formatted(block));
        }
        try {
            return scalar.resolved(store.read(reference));
        } catch (SecretUnreadable unreadable) {
            return failed(scalar, path, unreadable.what(), unreadable.fix());
        }
    }

    private Scalar failed(Scalar scalar, String path, String what, @Nullable String fix) {
        problems.add(what, scalar.place(), path, fix);
        return scalar.unresolved();
    }
}
