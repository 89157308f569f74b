package dev.mxcp.quality.evals;

import dev.mxcp.problem.Problem;
import dev.mxcp.project.Project;
import dev.mxcp.project.yaml.ConfigNode;
import dev.mxcp.project.yaml.Problems;
import dev.mxcp.project.yaml.YamlReader;
import dev.mxcp.project.yaml.YamlValue;
import dev.mxcp.types.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds and reads the suites of a project (cli Q5.1): every `*.yml` below its folder for evals.
public final class SuiteFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SuiteFiles.class);
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    private SuiteFiles() {}

    /// What a file holds.
    public sealed interface Loaded {
        record Sound(EvalSuite suite) implements Loaded {}

        /// A file that could not be read.
        ///
        /// @param path absolute
        record Broken(Path path, List<Problem> problems) implements Loaded {}
    }

    /// Reads all files, in the order of their paths. Of suites with one name the first counts.
    public static List<Loaded> load(Project project) {
        var loaded = new ArrayList<Loaded>();
        Set<String> names = new HashSet<>();
        for (Path file : files(project.site().paths().evals())) {
            Loaded one = read(project.root(), file);
            if (one instanceof Loaded.Sound(EvalSuite suite) && !names.add(suite.name())) {
                LOG.warn("{} is left out: there is another suite '{}'", suite.path(), suite.name());
            } else if (one != null) {
                loaded.add(one);
            }
        }
        return loaded;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static @Nullable Loaded read(Path root, Path file) {
        var problems = new Problems();
        String shown = file.startsWith(root) ? root.relativize(file).toString() : file.toString();
        YamlValue document = new YamlReader().read(file, shown, problems);
        EvalSuite suite = null;
        if (document instanceof YamlValue.Mapping mapping) {
            if (mapping.get("mxcp") == null) {
                LOG.warn("{} is skipped: it has no key 'mxcp'", shown);
                return null;
            }
            suite = suite(ConfigNode.root(mapping, problems), shown);
        } else if (problems.isEmpty() && document != null) {
            problems.add(
                    "an eval file must be a mapping, not " + document.kind(),
                    document.place(),
                    null,
                    "begin it with `mxcp: 1`");
        }
        return suite != null && problems.isEmpty()
                ? new Loaded.Sound(suite)
                : new Loaded.Broken(file, problems.inFileOrder());
    }

    private static EvalSuite suite(ConfigNode node, String path) {
        if (!String.valueOf(node.plain("mxcp")).matches("1(\\.0)?")) {
            node.reject("mxcp", "only version 1 is known", "write `mxcp: 1`");
        }
        String name = name(node, "suite");
        if (!node.has("tests")) {
            node.reject("tests", "Field required", "write `tests: []` for none");
        }
        var tests = new ArrayList<EvalSuite.Case>();
        for (ConfigNode test : node.objects("tests")) {
            tests.add(test(test));
        }
        var suite =
                new EvalSuite(
                        path,
                        name,
                        node.optionalString("description"),
                        node.optionalString("model"),
                        tests);
        node.rejectUnknownKeys(Map.of("name", "write suite"));
        return suite;
    }

    private static EvalSuite.Case test(ConfigNode node) {
        if (!node.has("assertions")) {
            node.reject("assertions", "Field required", "write `assertions: {}` for none");
        }
        var test =
                new EvalSuite.Case(
                        name(node, "name"),
                        node.optionalString("description"),
                        node.string("prompt"),
                        node.free("user_context"),
                        expectations(node.objectOrEmpty("assertions")));
        node.rejectUnknownKeys(Map.of());
        return test;
    }

    private static Expectations expectations(ConfigNode node) {
        var mustCall = new ArrayList<MadeCall>();
        for (ConfigNode call : node.objects("must_call")) {
            if (!call.has("args")) {
                call.reject("args", "Field required", "write `args: {}` for any arguments");
            }
            Map<String, @Nullable Object> arguments = call.free("args");
            mustCall.add(new MadeCall(call.string("tool"), asJson(arguments)));
            call.rejectUnknownKeys(Map.of("arguments", "write args"));
        }
        var expectations =
                new Expectations(
                        mustCall,
                        node.strings("must_not_call"),
                        node.strings("answer_contains"),
                        node.strings("answer_not_contains"));
        node.rejectUnknownKeys(Map.of());
        return expectations;
    }

    /// A model writes JSON, in which a date of YAML is a text.
    private static Map<String, @Nullable Object> asJson(
            @Nullable Map<String, @Nullable Object> yaml) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        if (yaml != null && Json.parse(Json.text(yaml)) instanceof Map<?, ?> members) {
            members.forEach((name, value) -> json.put(String.valueOf(name), value));
        }
        return json;
    }

    private static String name(ConfigNode node, String key) {
        String name = node.string(key);
        if (node.has(key) && !name.matches(NAME)) {
            node.reject(
                    key,
                    "'%s' is no name".formatted(name),
                    "use letters, digits and _, no digit first");
        }
        return name;
    }
}
