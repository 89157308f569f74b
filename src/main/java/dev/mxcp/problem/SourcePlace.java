package dev.mxcp.problem;

/// Where something stands in a file of the project.
///
/// @param file path as shown to people: relative to the project root where it lies below it
/// @param line first line is 1; 0 means the file as a whole
/// @param column first column is 1; 0 means the line as a whole
public record SourcePlace(String file, int line, int column) {

    /// A place that names a file as a whole.
    public static SourcePlace of(String file) {
        return new SourcePlace(file, 0, 0);
    }

    /// `file:line:column`, without the parts that are 0.
    public String text() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
