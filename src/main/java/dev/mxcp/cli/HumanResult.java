package dev.mxcp.cli;

import dev.mxcp.types.json.JsonBuffer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Prints a result for people (cli C4.6): rows as a table, other values as text.
record HumanResult(Console console) {
    static final int MOST_ROWS = 100;
    private static final int WIDEST = 50;

    void print(JsonBuffer json) {
        print(Shown.of(json));
    }

    void print(Shown result) {
        PrintStream out = console.out();
        switch (result) {
            case Shown.Items(List<Shown> items) when items.isEmpty() ->
                    out.println(console.style().dim("(no results)"));
            case Shown.Items(List<Shown> items) when rows(items) -> table(items);
            case Shown.Items(List<Shown> items) -> {
                if (items.stream().anyMatch(Shown.Members.class::isInstance)) {
                    console.warning("the items differ in their keys, so there is no table");
                }
                items.forEach(item -> out.println(item.line()));
            }
            case Shown.Members members -> {
                var text = new JsonBuffer();
                JsonFormat.indent(members.write(new JsonBuffer()), 0, text);
                out.println(Printable.lines(text.text()));
            }
            case Shown.Text(String text) -> out.println(Printable.lines(text));
            case Shown.Literal(String text) -> out.println(text);
        }
    }

    /// Cuts what is longer than a column may be.
    static String capped(String text, int widest) {
        if (width(text) <= widest) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, widest - 3)) + "...";
    }

    private static boolean rows(List<Shown> items) {
        if (!(items.getFirst() instanceof Shown.Members first)) {
            return false;
        }
        Set<String> columns = first.members().keySet();
        return items.stream()
                .allMatch(item ->
                        item instanceof Shown.Members row
                                && row.members().keySet().equals(columns));
    }

    private void table(List<Shown> rows) {
        var names = new ArrayList<>(((Shown.Members) rows.getFirst()).members().keySet());
        List<Shown> shown = rows.subList(0, Math.min(MOST_ROWS, rows.size()));
        var cells = new ArrayList<List<String>>();
        cells.add(names.stream().map(name -> capped(Printable.line(name), WIDEST)).toList());
        for (Shown row : shown) {
            var members = ((Shown.Members) row).members();
            cells.add(
                    names.stream()
                            .map(name -> members.getOrDefault(name, new Shown.Text("")).line())
                            .map(cell -> capped(cell, WIDEST))
                            .toList());
        }
        int[] widths = widths(cells, names.size());
        PrintStream out = console.out();
        out.println(console.style().bold(line(cells.getFirst(), widths)));
        out.println(rule(widths));
        cells.subList(1, cells.size()).forEach(row -> out.println(line(row, widths)));
        if (rows.size() > shown.size()) {
            out.println("... and " + (rows.size() - shown.size()) + " more rows");
        }
    }

    /// The widest cell of each column; on a terminal the widest columns give way until the table
    /// fits, down to a few characters each.
    private int[] widths(List<List<String>> cells, int columns) {
        int[] widths = new int[columns];
        for (List<String> row : cells) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        int room = console.columns() - 2 * (columns - 1);
        while (console.columns() > 0 && sum(widths) > room) {
            int widest = 0;
            for (int i = 1; i < columns; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= 8) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int sum(int[] widths) {
        int sum = 0;
        for (int width : widths) {
            sum += width;
        }
        return sum;
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = capped(cells.get(i), Math.max(widths[i], 4));
            line.append(i == 0 ? "" : "  ").append(cell);
            if (i < widths.length - 1) {
                line.repeat(' ', Math.max(0, widths[i] - width(cell)));
            }
        }
        return line.toString();
    }

    private static String rule(int[] widths) {
        var rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "" : "  ").repeat('-', widths[i]);
        }
        return rule.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
