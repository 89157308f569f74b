package dev.mxcp.quality;

import dev.mxcp.problem.SourcePlace;
import dev.mxcp.project.Code;
import dev.mxcp.project.Endpoint;
import dev.mxcp.project.yaml.Suggestions;
import dev.mxcp.quality.SqlCheck.Answer;
import dev.mxcp.types.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks the SQL of an endpoint (V9, V10) and its result against `return`.
record SqlEndpoints(SqlCheck database) {
    static final String SKIPPED = "SQL against the database";

    /// Checks it, and says whether the text was only parsed.
    boolean check(Endpoint endpoint, Code.Sql code, Findings findings) {
        Answer answer = database.check(endpoint, code.text());
        SqlCheck.Refusal refusal = answer.refusal();
        String key = code.file() == null ? "source.code" : "source.file";
        if (answer.undecided() != null) {
            findings.warning(key, answer.undecided(), null);
        }
        if (refusal != null) {
            findings.error(
                    place(endpoint, code, refusal.spot()),
                    key,
                    "Source code syntax validation failed: " + refusal.text(),
                    null);
        } else {
            mismatch(endpoint, code, answer.parameters(), findings);
        }
        for (SqlCheck.Mismatch mismatch : answer.mismatches()) {
            if (mismatch.certain()) {
                findings.error(mismatch.keyPath(), mismatch.what(), mismatch.fix());
            } else {
                findings.warning(mismatch.keyPath(), mismatch.what(), mismatch.fix());
            }
        }
        return answer.parsedOnly();
    }

    /// V10. A placeholder of a URI is a parameter even where it is not declared (E8.1), but nobody
    /// promised that the SQL reads it.
    private static void mismatch(
            Endpoint endpoint, Code.Sql code, Set<String> inSql, Findings findings) {
        List<String> declared = endpoint.parameters().stream().map(Parameter::name).toList();
        var extra = new TreeSet<>(declared);
        var missing = new TreeSet<>(inSql);
        missing.removeAll(declared);
        extra.removeAll(inSql);
        if (endpoint instanceof Endpoint.Resource resource) {
            missing.removeAll(resource.uri().names());
            List<String> written = WrittenParameters.of(resource);
            extra.removeIf(name -> !written.contains(name));
        }
        if (missing.isEmpty() && extra.isEmpty()) {
            return;
        }
        String what =
                "Parameter mismatch: missing=%s, extra=%s".formatted(set(missing), set(extra));
        if (missing.isEmpty()) {
            int index = declared.indexOf(extra.first());
            findings.error(
                    "parameters." + index,
                    what,
                    "use $%s in the SQL, or remove the parameter".formatted(extra.first()));
        } else {
            findings.error(
                    place(endpoint, code, use(code.text(), missing.first())),
                    "parameters",
                    what,
                    fix(missing.first(), extra));
        }
    }

    private static String fix(String missing, Collection<String> unused) {
        if (missing.chars().allMatch(Character::isDigit)) {
            return "name the parameters: endpoints bind $name only";
        }
        return Suggestions.nearest(missing, unused)
                .map(name -> "did you mean $%s?".formatted(name))
                .orElse("declare '%s' under parameters, or remove $%s".formatted(missing, missing));
    }

    /// Where a parameter is used first.
    private static SqlCheck.@Nullable Spot use(String sql, String name) {
        Matcher use = Pattern.compile("\\$" + Pattern.quote(name) + "(?!\\w)").matcher(sql);
        if (!use.find()) {
            return null;
        }
        int line = 1 + (int) sql.substring(0, use.start()).chars().filter(c -> c == '\n').count();
        int begin = sql.lastIndexOf('\n', use.start()) + 1;
        int end = sql.indexOf('\n', begin);
        return new SqlCheck.Spot(
                line, sql.substring(begin, end < 0 ? sql.length() : end), use.start() - begin);
    }

    private static SourcePlace place(
            Endpoint endpoint, Code.Sql code, SqlCheck.@Nullable Spot spot) {
        if (spot == null) {
            return code.place();
        }
        Path file = code.file() == null ? endpoint.file().path() : code.file();
        return TextPlace.of(file, code.place(), spot.line(), spot.excerpt(), spot.offset());
    }

    /// As the messages of existing projects' scripts have it: a Python set, sorted.
    private static String set(Set<String> names) {
        var quoted = new ArrayList<String>();
        names.forEach(name -> quoted.add("'" + name + "'"));
        return names.isEmpty() ? "set()" : "{" + String.join(", ", quoted) + "}";
    }
}
