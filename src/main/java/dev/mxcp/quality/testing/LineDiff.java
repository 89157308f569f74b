package dev.mxcp.quality.testing;

import dev.mxcp.quality.testing.TestOutcome.Mismatch;
import dev.mxcp.types.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two values as lines of JSON side by side: lines that are the same stand beside each other, the
/// others have nothing opposite or, where one line became another, each other.
public final class LineDiff {
    /// Beyond this the longest common part is not looked for: it takes lines times lines.
    private static final long MOST_CELLS = 4_000_000;

    private final List<String> left;
    private final List<String> right;
    private final List<Row> rows = new ArrayList<>();

    /// One line of each side; null where there is nothing opposite.
    public record Row(@Nullable String left, @Nullable String right) {
        public boolean same() {
            return left != null && left.equals(right);
        }
    }

    private LineDiff(List<String> left, List<String> right) {
        this.left = left;
        this.right = right;
    }

    /// Expected on the left, actual on the right, keys sorted.
    public static List<Row> of(Mismatch mismatch) {
        return of(lines(mismatch.expected()), lines(mismatch.actual()));
    }

    static List<Row> of(List<String> left, List<String> right) {
        var diff = new LineDiff(left, right);
        diff.align();
        return List.copyOf(diff.rows);
    }

    private static List<String> lines(@Nullable Object value) {
        return Json.pretty(Canonical.strict(value)).lines().toList();
    }

    private void align() {
        int start = 0;
        int shorter = Math.min(left.size(), right.size());
        while (start < shorter && left.get(start).equals(right.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && left.get(left.size() - 1 - end).equals(right.get(right.size() - 1 - end))) {
            end++;
        }
        same(0, start);
        middle(start, left.size() - end, right.size() - end);
        same(left.size() - end, left.size());
    }

    private void same(int from, int to) {
        left.subList(from, to).forEach(line -> rows.add(new Row(line, line)));
    }

    private void middle(int start, int leftEnd, int rightEnd) {
        int height = leftEnd - start;
        int width = rightEnd - start;
        if ((long) height * width > MOST_CELLS) {
            changed(start, leftEnd, start, rightEnd);
            return;
        }
        int[][] common = new int[height + 1][width + 1];
        for (int i = height - 1; i >= 0; i--) {
            for (int j = width - 1; j >= 0; j--) {
                common[i][j] =
                        left.get(start + i).equals(right.get(start + j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        int iDone = 0;
        int jDone = 0;
        while (i < height && j < width) {
            if (left.get(start + i).equals(right.get(start + j))) {
                changed(start + iDone, start + i, start + jDone, start + j);
                same(start + i, start + i + 1);
                iDone = ++i;
                jDone = ++j;
            } else if (common[i + 1][j] >= common[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        changed(start + iDone, leftEnd, start + jDone, rightEnd);
    }

    private void changed(int leftFrom, int leftTo, int rightFrom, int rightTo) {
        int most = Math.max(leftTo - leftFrom, rightTo - rightFrom);
        for (int k = 0; k < most; k++) {
            rows.add(
                    new Row(
                            leftFrom + k < leftTo ? left.get(leftFrom + k) : null,
                            rightFrom + k < rightTo ? right.get(rightFrom + k) : null));
        }
    }
}
