package dev.mxcp.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a desktop client starts this program over stdio (cli K1). Such clients have a bare PATH and
/// not every one of them sets a working directory, so everything is absolute.
final class DesktopClient {
    private DesktopClient() {}

    /// The content of `server_config.json`, to be merged into the client's own file.
    static Map<String, @Nullable Object> configuration(
            Surroundings here, Path folder, String project) {
        var args = new ArrayList<String>(List.of("-C", folder.toString()));
        args.addAll(List.of("serve", "--transport", "stdio"));
        var server = new LinkedHashMap<String, @Nullable Object>();
        server.put("command", here.launcher());
        server.put("args", args);
        server.put("cwd", folder.toString());
        var environment = environment(here.environment());
        if (!environment.isEmpty()) {
            server.put("env", environment);
        }
        return mapOf("mcpServers", mapOf(project, server));
    }

    /// Where the client keeps its configuration on this system.
    static String location(Surroundings here) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String file = "claude_desktop_config.json";
        if (system.contains("mac")) {
            return here.home()
                    .resolve("Library/Application Support/Claude")
                    .resolve(file)
                    .toString();
        }
        if (system.contains("windows")) {
            return "%APPDATA%\\Claude\\" + file;
        }
        return here.home().resolve(".config/Claude").resolve(file).toString();
    }

    /// Only what this shell has and a client would lack: where Java and Python are.
    private static Map<String, @Nullable Object> environment(Map<String, String> shell) {
        var environment = new LinkedHashMap<String, @Nullable Object>();
        for (String name :
                List.of("JAVA_HOME", "VIRTUAL_ENV", "MXCP_PYTHON", "MXCP_CONFIG", "MXCP_PROFILE")) {
            String value = shell.getOrDefault(name, "");
            if (!value.isEmpty()) {
                environment.put(name, value);
            }
        }
        return environment;
    }

    private static Map<String, @Nullable Object> mapOf(String key, @Nullable Object value) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put(key, value);
        return map;
    }
}
