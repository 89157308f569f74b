package dev.mxcp;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mxcp.cli.CommandTree;
import dev.mxcp.project.KnownKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The documents and the product say the same: commands, options, variables, configuration keys,
/// errors; and no link leads nowhere.
class DocsTest {
    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final Path REFERENCE = HERE.resolve("docs/reference");
    private static final String OF_ALL_COMMANDS = "Options of every command";
    private static final String VARIABLES = "Environment variables";
    private static final Pattern OPTION = Pattern.compile("(?<![\\w/-])--?[a-zA-Z][\\w-]*");
    private static final Pattern VARIABLE = Pattern.compile("\\bMXCP_[A-Z_]*[A-Z]\\b");
    private static final CommandTree COMMANDS = CommandTree.read();
    private static final Map<String, Markdown> CLI =
            Markdown.of(REFERENCE.resolve("cli.md")).sections();

    /// What an error in the reference leaves open: three dots, names in capitals, words in
    /// brackets.
    private static final Pattern GAP =
            Pattern.compile("\\.{3}|'?\\b[A-Z]+\\b'?|<[^>]*>|\\([^)]*\\)");

    /// A line of a shell or a piece of text that runs our program, without what is quoted.
    private static final Pattern CALL = Pattern.compile("^(?:\\$ )?(?:\\S*/)?mxcp ([^|#<>&;()]+)");

    @Test
    void every_command_and_option_is_in_the_reference() {
        assertThat(section(CLI, OF_ALL_COMMANDS).codes().stream().flatMap(DocsTest::options))
                .containsAll(COMMANDS.everywhere());
        COMMANDS.commands()
                .forEach((command, options) ->
                        assertThat(
                                        section(CLI, command).codes().stream()
                                                .flatMap(DocsTest::options))
                                .as("options of `%s`", command)
                                .containsAll(options));
    }

    @Test
    void every_command_and_option_of_the_reference_exists() {
        var sections = new TreeSet<>(COMMANDS.commands().keySet());
        sections.addAll(List.of(OF_ALL_COMMANDS, VARIABLES));

        assertThat(CLI.keySet()).isEqualTo(sections);
        CLI.forEach((section, text) ->
                assertThat(text.codes().stream().flatMap(DocsTest::options))
                        .as(section)
                        .isSubsetOf(optionsFor(section)));
    }

    @Test
    void every_command_line_of_a_document_works() {
        documents()
                .forEach((file, document) -> {
                    for (String code : document.code()) {
                        var call = CALL.matcher(code.replaceAll("\"[^\"]*\"|'[^']*'", "_"));
                        if (call.find() && !call.group(1).startsWith("_")) {
                            String command = command(call.group(1));
                            assertThat(options(call.group(1)))
                                    .as("%s: %s", file, code)
                                    .isSubsetOf(optionsFor(command));
                        }
                    }
                });
    }

    /// The first word that is neither an option nor the value of one.
    private static String command(String line) {
        String[] words = line.strip().split("\\s+", -1);
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("-C") || words[i].equals("--profile")) {
                i++;
            } else if (words[i].matches("[a-z].*")) {
                assertThat(COMMANDS.commands()).as("mxcp %s", line).containsKey(words[i]);
                return words[i];
            }
        }
        return "";
    }

    @Test
    void every_variable_is_in_the_reference_and_is_read() {
        String launcher = read(HERE.resolve("src/main/dist/bin/mxcp"));
        Set<String> read = variables(sources("src/main/java", ".java") + launcher);
        read.remove("MXCP_LAUNCHER"); // how the launcher tells its path

        List<List<String>> rows = section(CLI, VARIABLES).rows("variable");

        assertThat(rows.stream().filter(row -> !row.getLast().startsWith("ignored")))
                .flatExtracting(row -> variables(row.getFirst()))
                .containsExactlyInAnyOrderElementsOf(read);
    }

    private static Set<String> variables(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_key_of_the_site_file_is_in_the_reference(@TempDir Path folder) {
        agree("mxcp-site.yml", KnownKeys.ofSiteFile(folder));
    }

    @Test
    void every_key_of_the_user_configuration_is_in_the_reference(@TempDir Path folder) {
        agree("User configuration", KnownKeys.ofUserConfig(folder));
    }

    /// Of a block without effect only the name need be there.
    private static void agree(String section, Set<String> known) {
        var documented = new TreeSet<String>();
        var expected = new TreeSet<>(known);
        Map<String, Markdown> page = Markdown.of(REFERENCE.resolve("configuration.md")).sections();
        for (List<String> row : section(page, section).rows("key")) {
            List<String> keys = keys(row);
            if (row.getLast().contains("no effect yet")) {
                for (String key : keys) {
                    assertThat(expected.removeIf(one -> (one + ".").startsWith(key + ".")))
                            .as("`%s` is a key", key)
                            .isTrue();
                }
            } else {
                documented.addAll(keys);
            }
        }
        assertThat(documented).isEqualTo(expected);
    }

    /// The keys of a row: `.b` after `x.a` is `x.b`, a name in capitals is any name, and `x.*` is
    /// each of the names in the last cell.
    private static List<String> keys(List<String> row) {
        var keys = new ArrayList<String>();
        for (String code : new Markdown(row.getFirst()).codes()) {
            String key = code;
            if (code.startsWith(".")) {
                key = keys.getLast();
                for (int i = code.split("\\.").length; i > 1; i--) {
                    key = key.substring(0, key.lastIndexOf('.'));
                }
                key += code;
            }
            keys.add(key.replaceAll("\\b[A-Z]+\\b", "*"));
        }
        String first = keys.getFirst();
        return first.endsWith(".*")
                ? new Markdown(row.getLast())
                        .codes().stream().map(name -> first.replace("*", name)).toList()
                : keys;
    }

    @Test
    void every_error_of_the_reference_is_one_of_the_code() {
        String code =
                (sources("src/main/java", ".java") + sources("src/main/python", ".py"))
                        .replaceAll("\"\\s*\\+\\s*\"", "")
                        .replace("\\\"", "\"");
        for (List<String> row : Markdown.of(REFERENCE.resolve("errors.md")).rows("text")) {
            for (String text : new Markdown(row.getFirst()).codes()) {
                for (String part : GAP.split(text, -1)) {
                    assertThat(code.contains(part.strip())).as("%s of %s", part, text).isTrue();
                }
            }
        }
    }

    @Test
    void no_link_of_a_document_leads_nowhere() {
        documents()
                .forEach((file, document) -> {
                    for (String link : document.links()) {
                        if (!link.matches("[a-z]+:.*")) {
                            follow(file, link);
                        }
                    }
                });
    }

    private static void follow(Path from, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? from : from.resolveSibling(parts[0]).normalize();
        assertThat(target).as("%s of %s", link, from).exists();
        if (parts.length > 1) {
            assertThat(Markdown.of(target).anchors()).as("%s of %s", link, from).contains(parts[1]);
        }
    }

    private static Stream<String> options(String code) {
        return OPTION.matcher(code).results().map(found -> found.group());
    }

    /// The options of a command, or of all of them where the section is about none.
    private static Set<String> optionsFor(String command) {
        var options = new LinkedHashSet<>(COMMANDS.everywhere());
        COMMANDS.commands()
                .forEach((name, own) -> {
                    if (name.equals(command) || !COMMANDS.commands().containsKey(command)) {
                        options.addAll(own);
                    }
                });
        return options;
    }

    private static Markdown section(Map<String, Markdown> page, String title) {
        return requireNonNull(page.get(title), title);
    }

    private static Map<Path, Markdown> documents() {
        var documents = new TreeMap<Path, Markdown>();
        for (Path file : files(HERE, 1, ".md")) {
            documents.put(file, Markdown.of(file));
        }
        for (String folder : List.of("docs", "examples", "bench")) {
            for (Path file : files(HERE.resolve(folder), 9, ".md")) {
                documents.put(file, Markdown.of(file));
            }
        }
        return documents;
    }

    private static String sources(String folder, String ending) {
        return files(HERE.resolve(folder), 99, ending).stream()
                .map(DocsTest::read)
                .collect(joining("\n"));
    }

    private static List<Path> files(Path folder, int depth, String ending) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
