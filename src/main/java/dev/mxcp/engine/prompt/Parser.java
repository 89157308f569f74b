package dev.mxcp.engine.prompt;

import dev.mxcp.engine.prompt.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the statements of a template. One use.
final class Parser {
    /// The value a filter block works on; no template can write such a name.
    static final Expr.Name BODY = new Expr.Name("<body>");

    private static final int DEEPEST = 100;
    private static final Set<String> OTHER_TEMPLATES =
            Set.of("include", "import", "from", "extends");

    private final Tokens tokens;
    private final ExprParser expressions;
    private int depth;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExprParser(tokens);
    }

    /// @throws TemplateException with the reason and the line
    static List<Stmt> parse(String template) {
        var parser = new Parser(new Tokens(Lexer.tokens(template)));
        return parser.body(null, Set.of());
    }

    /// Reads up to one of the words that end the body; the word itself is the current token then.
    private List<Stmt> body(@Nullable String opener, Set<String> ends) {
        if (++depth > DEEPEST) {
            throw tokens.failure("blocks are nested too deeply");
        }
        var body = new ArrayList<Stmt>();
        while (true) {
            Token token = tokens.current();
            switch (token.kind()) {
                case TEXT -> body.add(new Stmt.Text(tokens.next().text()));
                case OUTPUT_BEGIN -> {
                    tokens.next();
                    body.add(new Stmt.Output(expressions.tupleOrExpression()));
                    tokens.expect(Kind.OUTPUT_END);
                }
                case BLOCK_BEGIN -> {
                    tokens.next();
                    if (tokens.current().kind() == Kind.NAME
                            && ends.contains(tokens.current().text())) {
                        depth--;
                        return body;
                    }
                    body.add(statement());
                }
                default -> {
                    if (opener != null) {
                        throw tokens.failure(
                                "Unexpected end of template. The innermost block that needs to be closed is '%s'"
                                        .formatted(opener));
                    }
                    depth--;
                    return body;
                }
            }
        }
    }

    private Stmt statement() {
        Token word = tokens.expect(Kind.NAME);
        return switch (word.text()) {
            case "if" -> ifStatement();
            case "for" -> forStatement();
            case "set" -> setStatement();
            case "with" -> withStatement();
            case "macro" -> macro();
            case "call" -> callBlock();
            case "filter" -> filterBlock();
            case "block" -> {
                tokens.expect(Kind.NAME);
                while (tokens.skipName("scoped") || tokens.skipName("required")) {}
                yield new Stmt.Block(closed("block"));
            }
            case "autoescape" -> {
                expressions.expression();
                yield new Stmt.Block(closed("autoescape"));
            }
            case "print" -> {
                var output = new Stmt.Output(expressions.tupleOrExpression());
                tokens.expect(Kind.BLOCK_END);
                yield output;
            }
            default -> throw unknown(word.text());
        };
    }

    private TemplateException unknown(String word) {
        if (OTHER_TEMPLATES.contains(word)) {
            return tokens.failure(
                    "'%s' is not available: prompts have no other templates".formatted(word));
        }
        return tokens.failure("Encountered unknown tag '%s'".formatted(word));
    }

    /// The rest of the opening tag's end, the body and the closing tag.
    private List<Stmt> closed(String word) {
        tokens.expect(Kind.BLOCK_END);
        List<Stmt> body = body(word, Set.of("end" + word));
        tokens.next();
        if (word.equals("block") || word.equals("macro")) {
            tokens.skip(Kind.NAME);
        }
        tokens.expect(Kind.BLOCK_END);
        return body;
    }

    private Stmt ifStatement() {
        Expr condition = expressions.tupleOrExpression();
        tokens.expect(Kind.BLOCK_END);
        List<Stmt> then = body("if", Set.of("elif", "else", "endif"));
        List<Stmt> otherwise = List.of();
        switch (tokens.next().text()) {
            case "elif" -> otherwise = List.of(ifStatement());
            case "else" -> otherwise = closedBody("if");
            default -> tokens.expect(Kind.BLOCK_END);
        }
        return new Stmt.If(condition, then, otherwise);
    }

    private List<Stmt> closedBody(String word) {
        tokens.expect(Kind.BLOCK_END);
        List<Stmt> body = body(word, Set.of("end" + word));
        tokens.next();
        tokens.expect(Kind.BLOCK_END);
        return body;
    }

    private Stmt forStatement() {
        Stmt.Target target = targets();
        if (!tokens.skipName("in")) {
            throw tokens.failure("expected 'in', got " + tokens.current().shown());
        }
        Expr items = expressions.tupleWithoutConditions();
        Expr condition = tokens.skipName("if") ? expressions.expression() : null;
        boolean recursive = tokens.skipName("recursive");
        tokens.expect(Kind.BLOCK_END);
        List<Stmt> body = body("for", Set.of("endfor", "else"));
        List<Stmt> otherwise = List.of();
        if (tokens.next().text().equals("else")) {
            otherwise = closedBody("for");
        } else {
            tokens.expect(Kind.BLOCK_END);
        }
        return new Stmt.For(target, items, condition, recursive, body, otherwise);
    }

    private Stmt setStatement() {
        Stmt.Target target = targets();
        if (tokens.skipOperator("=")) {
            Expr value = expressions.tupleOrExpression();
            tokens.expect(Kind.BLOCK_END);
            return new Stmt.Assign(target, value);
        }
        Expr filter = tokens.current().operator("|") ? expressions.filters(BODY) : null;
        return new Stmt.AssignBlock(target, filter, closed("set"));
    }

    private Stmt withStatement() {
        var targets = new ArrayList<Stmt.Target>();
        var values = new ArrayList<Expr>();
        while (tokens.current().kind() != Kind.BLOCK_END) {
            if (!targets.isEmpty()) {
                tokens.expectOperator(",");
            }
            targets.add(target());
            tokens.expectOperator("=");
            values.add(expressions.expression());
        }
        return new Stmt.With(targets, values, closed("with"));
    }

    private Stmt macro() {
        String name = tokens.expect(Kind.NAME).text();
        List<Stmt.Parameter> parameters = parameters();
        return new Stmt.Macro(name, parameters, closed("macro"));
    }

    private Stmt callBlock() {
        List<Stmt.Parameter> parameters = tokens.current().operator("(") ? parameters() : List.of();
        Expr call = expressions.expression();
        if (!(call instanceof Expr.Call)) {
            throw tokens.failure("expected call");
        }
        return new Stmt.CallBlock(parameters, call, closed("call"));
    }

    private Stmt filterBlock() {
        Expr filter = expressions.filterChain(BODY);
        return new Stmt.FilterBlock(filter, closed("filter"));
    }

    private List<Stmt.Parameter> parameters() {
        var parameters = new ArrayList<Stmt.Parameter>();
        tokens.expectOperator("(");
        while (!tokens.skipOperator(")")) {
            if (!parameters.isEmpty()) {
                tokens.expectOperator(",");
            }
            String name = tokens.expect(Kind.NAME).text();
            Expr fallback = tokens.skipOperator("=") ? expressions.expression() : null;
            parameters.add(new Stmt.Parameter(name, fallback));
        }
        return parameters;
    }

    private Stmt.Target targets() {
        Stmt.Target first = target();
        if (!tokens.current().operator(",")) {
            return first;
        }
        var all = new ArrayList<Stmt.Target>(List.of(first));
        while (tokens.skipOperator(",")) {
            Token next = tokens.current();
            boolean begins = next.kind() == Kind.NAME || next.operator("(");
            if (!begins || next.name("in")) {
                break;
            }
            all.add(target());
        }
        return new Stmt.Several(all);
    }

    private Stmt.Target target() {
        if (tokens.skipOperator("(")) {
            Stmt.Target inner = targets();
            tokens.expectOperator(")");
            return inner;
        }
        String name = tokens.expect(Kind.NAME).text();
        if (ExprParser.RESERVED.contains(name)) {
            throw tokens.failure("can't assign to '%s'".formatted(name));
        }
        if (tokens.skipOperator(".")) {
            return new Stmt.NamespaceMember(name, tokens.expect(Kind.NAME).text());
        }
        return new Stmt.Variable(name);
    }
}
