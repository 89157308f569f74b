package dev.mxcp.quality.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Java, the installation and the operating system.
///
/// @param productVersion version of this program
/// @param properties the system properties that count
/// @param environment the variables that count
record Machine(
        String productVersion, Map<String, String> properties, Map<String, String> environment) {
    private static final int WANTED = 25;

    List<Finding> examine() {
        var findings = new ArrayList<Finding>();
        findings.add(
                Finding.ok(
                        "mxcp",
                        "version %s on %s %s"
                                .formatted(
                                        productVersion, property("os.name"), property("os.arch"))));
        findings.add(java());
        startUpCache(findings);
        return findings;
    }

    private Finding java() {
        String what =
                "Java %s (%s), %s"
                        .formatted(
                                property("java.version"),
                                property("java.vendor"),
                                property("java.home"));
        int version = Runtime.version().feature();
        return version < WANTED
                ? Finding.error(
                        "java",
                        what + " is older than " + WANTED,
                        "install a JDK 25, or set JAVA_HOME to one")
                : Finding.ok("java", what);
    }

    /// Only an installed distribution has one.
    private void startUpCache(List<Finding> findings) {
        String home = property("mxcp.home");
        if (home.isEmpty()) {
            return;
        }
        if (!environment.getOrDefault("MXCP_NO_AOT", "").isEmpty()) {
            findings.add(
                    Finding.warning(
                            "start-up cache",
                            "MXCP_NO_AOT is set: every command starts slowly",
                            "unset MXCP_NO_AOT"));
            return;
        }
        Path folder = Path.of(home, "lib");
        if (!Files.isWritable(folder)) {
            String cache = environment.getOrDefault("XDG_CACHE_HOME", "~/.cache");
            findings.add(
                    Finding.ok(
                            "start-up cache",
                            "kept in %s/mxcp, since %s is not writable".formatted(cache, folder)));
            return;
        }
        boolean failed = has(folder, ".aot.failed");
        findings.add(
                has(folder, ".aot")
                        ? Finding.ok("start-up cache", "in " + folder)
                        : Finding.warning(
                                "start-up cache",
                                failed
                                        ? "could not be made"
                                        : "not made yet; the first commands start slowly",
                                failed
                                        ? "delete %s/*.aot.failed and start any command"
                                                .formatted(folder)
                                        : null));
    }

    private static boolean has(Path folder, String ending) {
        var names = folder.toFile().list((_, name) -> name.endsWith(ending));
        return names != null && names.length > 0;
    }

    private String property(String name) {
        return properties.getOrDefault(name, "");
    }
}
