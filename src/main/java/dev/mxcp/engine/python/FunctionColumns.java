package dev.mxcp.engine.python;

/// Arguments and results of one batch of rows of a SQL function.
public interface FunctionColumns {

    /// Writes the arguments: [FunctionArguments#column()] for each, then exactly one value a row.
    /// May be asked again, when a worker ended before it got them.
    void write(FunctionArguments out);

    /// Reads exactly one value a row; only valid until this returns.
    void read(FunctionResults in);
}
