package dev.mxcp.cli;

import dev.mxcp.quality.testing.LineDiff;
import dev.mxcp.quality.testing.LineDiff.Row;
import dev.mxcp.quality.testing.TestOutcome.Mismatch;
import java.util.List;
import java.util.Objects;

/// Prints what was expected and what came: beside each other where the terminal is wide enough,
/// else below each other. Equal lines far from any difference are left out.
///
/// @param indent blanks before each line
record AlignedDiff(Console console, int indent) {
    private static final int CONTEXT = 3;
    private static final int NARROW = 72;
    private static final int GAP = 3;
    private static final String LEFT = "expected";
    private static final String RIGHT = "actual";

    void print(Mismatch mismatch) {
        List<Row> rows = LineDiff.of(mismatch);
        int left = Math.max(LEFT.length(), widest(rows, true));
        int right = Math.max(RIGHT.length(), widest(rows, false));
        int room = console.columns() == 0 ? NARROW * 2 : console.columns();
        boolean beside = indent + 2 + left + GAP + right <= room;
        if (beside) {
            line("  " + pad(LEFT, left) + " ".repeat(GAP) + RIGHT);
        }
        boolean gap = false;
        for (int i = 0; i < rows.size(); i++) {
            if (!near(rows, i)) {
                gap = true;
                continue;
            }
            if (gap) {
                line("  ...");
                gap = false;
            }
            if (beside) {
                beside(rows.get(i), left);
            } else {
                below(rows.get(i));
            }
        }
        if (gap) {
            line("  ...");
        }
    }

    private void beside(Row row, int width) {
        String left = Printable.line(Objects.requireNonNullElse(row.left(), ""));
        String right = Printable.line(Objects.requireNonNullElse(row.right(), ""));
        Style style = console.style();
        if (row.same()) {
            line(("  " + pad(left, width) + " ".repeat(GAP) + right).stripTrailing());
        } else {
            String middle = " ".repeat(GAP);
            line(
                    "! "
                            + style.red(pad(left, width))
                            + (right.isEmpty() ? "" : middle + style.green(right)));
        }
    }

    private void below(Row row) {
        if (row.same()) {
            line("  " + Printable.line(Objects.requireNonNullElse(row.left(), "")));
            return;
        }
        if (row.left() != null) {
            line(console.style().red("- " + Printable.line(row.left())));
        }
        if (row.right() != null) {
            line(console.style().green("+ " + Printable.line(row.right())));
        }
    }

    private void line(String text) {
        console.out().println(" ".repeat(indent) + text);
    }

    private static boolean near(List<Row> rows, int at) {
        int from = Math.max(0, at - CONTEXT);
        int to = Math.min(rows.size(), at + CONTEXT + 1);
        return rows.subList(from, to).stream().anyMatch(row -> !row.same());
    }

    private static int widest(List<Row> rows, boolean left) {
        return rows.stream()
                .map(row -> left ? row.left() : row.right())
                .filter(Objects::nonNull)
                .mapToInt(line -> width(Printable.line(line)))
                .max()
                .orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
