package dev.mxcp.project;

import dev.mxcp.problem.MxcpException.InvalidProject;
import dev.mxcp.problem.Problem;
import dev.mxcp.types.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Every key that the readers of a configuration file know, found by asking them: a key that no one
/// knows is put into each mapping, and the fix of its problem names the known ones.
public final class KnownKeys {
    private static final String UNKNOWN = "0000000000";
    private static final String FIX = "use one of: ";

    private final ProjectFolder folder;
    private final Consumer<String> write;
    private final Map<String, Object> required;
    private final Set<String> found = new TreeSet<>();

    private KnownKeys(ProjectFolder folder, Consumer<String> write, Map<String, Object> required) {
        this.folder = folder;
        this.write = write;
        this.required = required;
    }

    /// The dotted keys of `mxcp-site.yml`: `plugin[].name` for those in a list, `profiles.*.audit`
    /// where any name may stand.
    public static Set<String> ofSiteFile(Path emptyFolder) {
        var folder = new ProjectFolder(emptyFolder);
        return new KnownKeys(
                        folder,
                        text -> folder.write("mxcp-site.yml", text),
                        Map.of("mxcp", 1L, "project", "shop", "profile", "dev"))
                .all();
    }

    /// The dotted keys of the user configuration.
    public static Set<String> ofUserConfig(Path emptyFolder) {
        var folder = new ProjectFolder(emptyFolder);
        return new KnownKeys(folder, folder::user, Map.of("mxcp", 1L)).all();
    }

    private Set<String> all() {
        names(problems(List.of(), Map.of(UNKNOWN, 1L)), UNKNOWN)
                .forEach(name -> visit(List.of(name), name));
        return found;
    }

    /// @param path with `0` for an item of a list
    /// @param shown as documents write it
    private void visit(List<String> path, String shown) {
        Map<String, Object> stranger = Map.of(UNKNOWN, 1L);
        List<Problem> ofItem = problems(path, List.of(stranger));
        List<String> item = plus(path, "0");
        List<Problem> ofMapping = problems(path, stranger);
        if (knows(ofItem, plus(item, UNKNOWN))) {
            below(item, shown + "[]", names(ofItem, String.join(".", plus(item, UNKNOWN))));
        } else if (knows(ofMapping, plus(path, UNKNOWN))) {
            below(path, shown, names(ofMapping, String.join(".", plus(path, UNKNOWN))));
        } else if (wantsMapping(ofMapping, plus(path, UNKNOWN))
                && knows(problems(plus(path, "x"), stranger), plus(plus(path, "x"), UNKNOWN))) {
            visit(plus(path, "x"), shown + ".*");
        } else {
            found.add(shown);
        }
    }

    private void below(List<String> path, String shown, List<String> names) {
        names.forEach(name -> visit(plus(path, name), shown + "." + name));
    }

    private static boolean knows(List<Problem> problems, List<String> path) {
        return !names(problems, String.join(".", path)).isEmpty();
    }

    private static boolean wantsMapping(List<Problem> problems, List<String> path) {
        String key = String.join(".", path);
        return problems.stream()
                .anyMatch(it -> key.equals(it.key()) && it.what().startsWith("must be a mapping"));
    }

    private static List<String> names(List<Problem> problems, String key) {
        return problems.stream()
                .filter(it -> key.equals(it.key()) && it.what().equals("unknown key"))
                .map(Problem::fix)
                .flatMap(fix ->
                        fix != null && fix.startsWith(FIX)
                                ? Stream.of(fix.substring(FIX.length()).split(", "))
                                : Stream.of())
                .toList();
    }

    private List<Problem> problems(List<String> path, Object value) {
        var file = new LinkedHashMap<>(required);
        Object tree = value;
        for (int i = path.size() - 1; i > 0; i--) {
            tree = path.get(i).equals("0") ? List.of(tree) : Map.of(path.get(i), tree);
        }
        if (path.isEmpty()) {
            ((Map<?, ?>) value).forEach((name, one) -> file.put((String) name, one));
        } else {
            file.put(path.getFirst(), tree);
        }
        write.accept(Json.text(file));
        try {
            folder.load();
            return List.of();
        } catch (InvalidProject invalid) {
            return invalid.problems();
        }
    }

    private static List<String> plus(List<String> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
