package dev.mxcp.quality.drift;

import java.util.SequencedSet;

/// Asks the database what a text of SQL reads, without running it.
public interface SqlReads {

    /// The tables and views that the text names, without schema; none when that cannot be said.
    SequencedSet<String> tables(String sql);

    /// Whether a name occurs in the text as a name, quoted or not.
    boolean mentions(String sql, String name);
}
