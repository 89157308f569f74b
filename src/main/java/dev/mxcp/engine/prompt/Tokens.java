package dev.mxcp.engine.prompt;

import java.util.List;

/// Tokens that are read one after another.
final class Tokens {
    private final List<Token> all;
    private int at;

    Tokens(List<Token> all) {
        this.all = all;
    }

    Token current() {
        return all.get(at);
    }

    Token following() {
        return all.get(Math.min(at + 1, all.size() - 1));
    }

    /// The current token, which is passed.
    Token next() {
        Token token = all.get(at);
        if (at < all.size() - 1) {
            at++;
        }
        return token;
    }

    boolean skip(Token.Kind kind) {
        boolean there = current().kind() == kind;
        if (there) {
            next();
        }
        return there;
    }

    boolean skipName(String name) {
        boolean there = current().name(name);
        if (there) {
            next();
        }
        return there;
    }

    boolean skipOperator(String operator) {
        boolean there = current().operator(operator);
        if (there) {
            next();
        }
        return there;
    }

    Token expect(Token.Kind kind) {
        if (current().kind() != kind) {
            String wanted =
                    switch (kind) {
                        case OUTPUT_END -> "end of print statement";
                        case BLOCK_END -> "end of statement block";
                        case NAME -> "a name";
                        default -> kind.name();
                    };
            throw failure("expected %s, got %s".formatted(wanted, current().shown()));
        }
        return next();
    }

    void expectOperator(String operator) {
        if (!skipOperator(operator)) {
            throw failure("expected '%s', got %s".formatted(operator, current().shown()));
        }
    }

    TemplateException failure(String message) {
        return TemplateException.at(current().line(), message);
    }
}
