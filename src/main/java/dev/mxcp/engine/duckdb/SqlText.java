package dev.mxcp.engine.duckdb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What can be seen in a text of SQL without asking a database: where its statements are, which
/// parameters it has, which names it mentions. Agrees with DuckDB's parser on texts that DuckDB
/// accepts. Immutable.
public final class SqlText {
    /// Table functions that read nothing outside the statement.
    private static final Set<String> PURE =
            Set.of("range", "generate_series", "unnest", "lateral", "select");

    private static final Set<String> READING =
            Set.of(
                    "select",
                    "from",
                    "with",
                    "values",
                    "table",
                    "describe",
                    "desc",
                    "show",
                    "summarize",
                    "pivot",
                    "unpivot",
                    "(");

    /// Words that make a statement which begins like a reading one write.
    private static final Set<String> WRITING =
            Set.of(
                    "insert",
                    "update",
                    "delete",
                    "merge",
                    "nextval",
                    "into",
                    "checkpoint",
                    "force_checkpoint",
                    "query");

    private final String source;
    private final List<Statement> statements;
    private final SequencedSet<String> parameterNames;
    private final Set<String> names;
    private final boolean tableFunctions;

    private SqlText(
            String source, List<Statement> statements, List<SqlToken> tokens, Set<String> names) {
        this.source = source;
        this.statements = List.copyOf(statements);
        this.parameterNames = Collections.unmodifiableSequencedSet(parameters(tokens));
        this.names = Set.copyOf(names);
        this.tableFunctions = readsOutside(tokens);
    }

    /// One statement of a text.
    ///
    /// @param start of its first character that is neither blank nor comment
    /// @param end behind its last character, without the semicolon
    /// @param words its bare words, quoted names and operators in order, in lower case, up to some
    ///   length: enough to see what kind of statement it is
    public record Statement(int start, int end, List<String> words) {
        public Statement {
            words = List.copyOf(words);
        }

        /// The first word, or the empty text.
        public String keyword() {
            return words.isEmpty() ? "" : words.getFirst();
        }
    }

    /// Reads a text. Never fails: what is not SQL is left to DuckDB to refuse.
    public static SqlText of(String source) {
        List<SqlToken> tokens = new SqlLexer(source).tokens();
        List<Statement> statements = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        List<SqlToken> current = new ArrayList<>();
        for (SqlToken token : tokens) {
            if (token.kind() == SqlToken.Kind.SEMICOLON) {
                add(current, statements);
                current.clear();
            } else {
                current.add(token);
            }
            if (token.isName()) {
                names.add(token.text().toLowerCase(Locale.ROOT));
            }
        }
        add(current, statements);
        return new SqlText(source, statements, tokens, names);
    }

    private static void add(List<SqlToken> tokens, List<Statement> statements) {
        if (!tokens.isEmpty()) {
            List<String> words =
                    tokens.stream()
                            .limit(16)
                            .map(token -> token.text().toLowerCase(Locale.ROOT))
                            .toList();
            statements.add(new Statement(tokens.getFirst().start(), tokens.getLast().end(), words));
        }
    }

    public String source() {
        return source;
    }

    public List<Statement> statements() {
        return statements;
    }

    /// The parameters of all statements as they are written, without `$`; `?` counts as a number.
    /// Names that differ only in case are one parameter.
    public SequencedSet<String> parameterNames() {
        return parameterNames;
    }

    /// Whether any parameter is a number or a question mark.
    public boolean positional() {
        return parameterNames.stream().anyMatch(name -> Character.isDigit(name.charAt(0)));
    }

    /// Whether any of these names (in lower case) occurs as a name, quoted or not.
    public boolean mentions(Collection<String> candidates) {
        return candidates.stream().anyMatch(names::contains);
    }

    /// Whether every statement only reads, as far as the text shows: functions of the project's own
    /// may still write. When in doubt false.
    public boolean onlyReads() {
        return !statements.isEmpty()
                && statements.stream().allMatch(one -> READING.contains(one.keyword()))
                && !mentions(WRITING);
    }

    /// Whether the text reads a table function or a file that it names: `FROM read_csv(...)`, `FROM
    /// 'a.csv'`.
    boolean readsOutside() {
        return tableFunctions;
    }

    /// The text of one statement. DuckDB 2.0 drops blanks and comments before a statement and then
    /// shows errors at the wrong place, so that it must be given this, not more.
    String of(Statement statement) {
        return source.substring(statement.start(), statement.end());
    }

    /// How many lines of the text come before a statement.
    int linesBefore(Statement statement) {
        return (int) source.substring(0, statement.start()).chars().filter(c -> c == '\n').count();
    }

    private static SequencedSet<String> parameters(List<SqlToken> tokens) {
        SequencedSet<String> found = new LinkedHashSet<>();
        Set<String> folded = new LinkedHashSet<>();
        int marks = 0;
        for (SqlToken token : tokens) {
            if (token.kind() == SqlToken.Kind.SEMICOLON) {
                marks = 0;
            }
            String name = parameterName(token, marks);
            if (name != null) {
                marks += token.kind() == SqlToken.Kind.QUESTION ? 1 : 0;
                if (folded.add(name.toLowerCase(Locale.ROOT))) {
                    found.add(name);
                }
            }
        }
        return found;
    }

    private static @Nullable String parameterName(SqlToken token, int marksBefore) {
        return switch (token.kind()) {
            case PARAMETER -> token.text();
            case QUESTION -> Integer.toString(marksBefore + 1);
            default -> null;
        };
    }

    private static boolean readsOutside(List<SqlToken> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            SqlToken next = tokens.get(i + 1);
            boolean source = token.isWord("from") || token.isWord("join") || token.is(",");
            if (source && next.kind() == SqlToken.Kind.STRING && !token.is(",")) {
                return true;
            }
            boolean call = i + 2 < tokens.size() && tokens.get(i + 2).is("(");
            if (source && call && next.isName() && !PURE.contains(lower(next))) {
                return !token.is(",") || looksLikeReader(lower(next));
            }
        }
        return false;
    }

    /// Behind a comma any function may follow, most of them in a list of expressions.
    private static boolean looksLikeReader(String name) {
        return name.startsWith("read_") || name.endsWith("_scan") || name.equals("glob");
    }

    private static String lower(SqlToken token) {
        return token.text().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return source;
    }
}
